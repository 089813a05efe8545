import { failureClass, type FailureClass, type SessionFailure } from '../trace/sessionFailure.ts';

/**
 * `empty` ended well without any text and counts as a success for reliability; `partial` failed
 * after it had shown some; `failed` showed nothing.
 */
export type SessionStatus = 'success' | 'empty' | 'partial' | 'failed' | 'cancelled';

/** How a session ended. `hasText`: it displayed text at some time. */
export function sessionStatus(failure: SessionFailure | null, hasText: boolean): SessionStatus {
  if (failure === null) return hasText ? 'success' : 'empty';
  if (failureClass(failure.reason) === 'cancelled') return 'cancelled';
  return hasText ? 'partial' : 'failed';
}

export function failureClassOf(failure: SessionFailure | null): FailureClass | null {
  return failure && failureClass(failure.reason);
}

/** Whether the session did what it was asked: its values belong into distributions. */
export function isCompleted(status: SessionStatus): boolean {
  return status === 'success' || status === 'empty';
}
