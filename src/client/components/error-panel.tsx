import type { ReactNode } from 'react';
import { toApiError } from '#client/api/api-error.ts';
import { Button } from '#client/components/ui/button.tsx';

/**
 * What failed, why, what to do, and the id by which it is found in the log. For a page or a section of one.
 */
export const ErrorPanel = ({
  error,
  onRetry,
  children,
}: {
  error: unknown;
  onRetry?: () => void;
  children?: ReactNode;
}) => {
  const { title, detail, requestId, status } = toApiError(error);
  const isForbidden = status === 403;
  return (
    <div
      role="alert"
      className="mx-auto grid w-full max-w-112 content-start justify-items-start gap-3 px-6 py-16"
    >
      <div className="grid gap-1">
        <h2 className="text-base font-semibold tracking-tight">
          {isForbidden ? 'Your role does not allow this' : title}
        </h2>
        <p className="text-ink-2 wrap-anywhere">{detail}</p>
      </div>
      {onRetry && !isForbidden && (
        <Button variant="outline" onClick={onRetry}>
          Try again
        </Button>
      )}
      {children}
      {requestId !== null && (
        <p className="text-xs text-ink-3">
          Request <code className="font-mono select-all wrap-anywhere">{requestId}</code>
        </p>
      )}
    </div>
  );
};
