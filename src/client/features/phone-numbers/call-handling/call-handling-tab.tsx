export const CallHandlingTab = () => null;
