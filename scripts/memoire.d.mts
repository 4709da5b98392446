/** Where a test run keeps what it throws away. */
export function dossierTemporaire(): string;
