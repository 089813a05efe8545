import { missingReasons } from '../metrics/missingValue.ts';

/** Why there is no value, for people; a reason of another version stands for itself. */
export function missingReasonText(reason: string): string {
  return (missingReasons as Readonly<Record<string, string>>)[reason] ?? reason;
}
