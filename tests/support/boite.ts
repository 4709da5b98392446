/** A mail server of this machine: what leaves is received, and read. */
import { type ParsedMail, simpleParser } from 'mailparser';
import { SMTPServer } from 'smtp-server';
import { expect } from 'vitest';

export interface Boite {
  /** For `SMTP_URL`. */
  url: string;
  recus: ParsedMail[];
  /** The last letter to that address of which this is true, waited for. */
  lettreA(adresse: string, vraie?: (m: ParsedMail) => boolean): Promise<ParsedMail>;
  close(): Promise<void>;
}
export async function ouvrirBoite(): Promise<Boite> {
  const recus: ParsedMail[] = [];
  const smtp = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onData: (flux, _, fini) => {
      simpleParser(flux).then((m) => {
        recus.push(m);
        fini();
      }, fini);
    },
  });
  await new Promise<void>((pret) => smtp.listen(0, '127.0.0.1', () => pret()));
  return {
    url: `smtp://127.0.0.1:${(smtp.server.address() as { port: number }).port}`,
    recus,
    async lettreA(adresse, vraie = () => true) {
      const a = (m: ParsedMail) => [m.to ?? []].flat().some((t) => t.value.some((x) => x.address === adresse));
      const trouver = () => recus.findLast((m) => a(m) && vraie(m));
      await expect.poll(() => trouver() !== undefined).toBe(true);
      return trouver() as ParsedMail;
    },
    close: () => new Promise<void>((fini) => smtp.close(() => fini())),
  };
}
