/** The server of mail, as its address says it. */
/** Letters carry links that open things: in clear text they leave neither the machine nor without somebody having asked for it in the address. */
export function exigeTls(smtp: string): boolean {
  const { protocol, hostname, searchParams } = new URL(smtp);
  return protocol === 'smtp:' && !/^(localhost|127(\.\d{1,3}){3}|\[::1\])$/.test(hostname) && searchParams.get('ignoreTLS') !== 'true';
}

/** Of the letters that leave from here: their Message-ID ends with it. */
export const domaineDe = (de: string): string => /@([^>\s]+)/.exec(de)?.[1] ?? 'concorde.invalid';
