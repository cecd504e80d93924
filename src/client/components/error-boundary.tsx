import { Component, type ReactNode } from 'react';
import { ErrorPanel } from './error-panel.tsx';

interface Props {
  children: ReactNode;
}

// A console left open over a release asks for files that are gone; only a new page knows the new names.
const isLostFile = (thrown: unknown) =>
  thrown instanceof Error && /dynamically imported module|module script|preload CSS/i.test(thrown.message);

/** Keeps a fault in one page from taking the shell with it. */
export class ErrorBoundary extends Component<Props, { thrown: unknown }> {
  override state = { thrown: null as unknown };

  static getDerivedStateFromError(thrown: unknown) {
    return { thrown: thrown ?? new Error('') };
  }

  retry = () => {
    if (isLostFile(this.state.thrown)) location.reload();
    else this.setState({ thrown: null });
  };

  override render() {
    const { thrown } = this.state;
    if (thrown === null) return this.props.children;
    return (
      <ErrorPanel
        error={
          isLostFile(thrown)
            ? new Error('Cordboard was updated, or the connection was lost. Load the page anew.')
            : thrown
        }
        onRetry={this.retry}
      />
    );
  }
}
