import { BenchError } from '../../common/benchError.ts';

export type RequestErrorType = 'BadRequestError' | 'NotFoundError' | 'InternalServerError';

const statuses: Record<RequestErrorType, number> = {
  BadRequestError: 400,
  NotFoundError: 404,
  InternalServerError: 500,
};

/** A request that is answered with an error as vLLM's HTTP endpoints have it. */
export class RequestError extends BenchError<RequestErrorType> {
  readonly param: string | null;

  constructor(type: RequestErrorType, message: string, param: string | null = null) {
    super(type, message);
    this.param = param;
  }

  get status(): number {
    return statuses[this.reason];
  }

  get body(): object {
    const { message, reason: type, param, status: code } = this;
    return { error: { message, type, param, code } };
  }
}
