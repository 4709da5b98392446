/** A push service and a gateway of text messages on this machine, as real ones behave: what reaches them is read as its receiver would. */
import { createDecipheriv, createECDH, hkdfSync, randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';

async function corpsDe(r: IncomingMessage): Promise<Buffer> {
  const morceaux: Buffer[] = [];
  for await (const m of r) morceaux.push(m as Buffer);
  return Buffer.concat(morceaux);
}

export interface Recepteur {
  adresse: string;
  /** Bodies of the text messages. */
  sms: { a: string; texte: string; reference: string }[];
  /** Notices, decrypted (RFC 8291), by the browser that they were for. */
  avis: { navigateur: string; titre: string; corps: string; chemin: string; topic: string }[];
  /** What a browser gives when it asks to be told; `parti`: its service says that it is gone. */
  navigateur(nom: string): { endpoint: string; p256dh: string; auth: string };
  partir(nom: string): void;
  /** Status answered to text messages. */
  repondre: { sms: number };
  close(): Promise<void>;
}
export async function ouvrirRecepteur(): Promise<Recepteur> {
  const cles = new Map<string, { ecdh: ReturnType<typeof createECDH>; auth: Buffer }>();
  const partis = new Set<string>();
  const o: Pick<Recepteur, 'sms' | 'avis' | 'repondre'> = { sms: [], avis: [], repondre: { sms: 202 } };
  const serveur = createServer((demande, reponse) => {
    void corpsDe(demande).then((corps) => {
      const [, quoi = '', nom = ''] = (demande.url ?? '').split('/');
      const fin = (statut: number) => reponse.writeHead(statut).end();
      if (quoi === 'sms') {
        if (o.repondre.sms < 300) o.sms.push(JSON.parse(corps.toString('utf8')) as Recepteur['sms'][number]);
        return fin(o.repondre.sms);
      }
      const siennes = cles.get(nom);
      if (!siennes || partis.has(nom)) return fin(410);
      if (!/^vapid t=/.test(demande.headers.authorization ?? '')) return fin(403);
      const [sel, id] = [corps.subarray(0, 16), corps.subarray(21, 21 + (corps[20] ?? 0))];
      const secret = siennes.ecdh.computeSecret(id);
      const info = Buffer.concat([Buffer.from('WebPush: info\0'), siennes.ecdh.getPublicKey(), id]);
      const ikm = Buffer.from(hkdfSync('sha256', secret, siennes.auth, info, 32));
      const cle = Buffer.from(hkdfSync('sha256', ikm, sel, Buffer.from('Content-Encoding: aes128gcm\0'), 16));
      const iv = Buffer.from(hkdfSync('sha256', ikm, sel, Buffer.from('Content-Encoding: nonce\0'), 12));
      const chiffre = corps.subarray(21 + (corps[20] ?? 0));
      const d = createDecipheriv('aes-128-gcm', cle, iv);
      d.setAuthTag(chiffre.subarray(-16));
      const clair = Buffer.concat([d.update(chiffre.subarray(0, -16)), d.final()]).toString('utf8');
      const dit = JSON.parse(clair.slice(0, clair.lastIndexOf('}') + 1)) as Omit<Recepteur['avis'][number], 'navigateur' | 'topic'>;
      o.avis.push({ ...dit, navigateur: nom, topic: String(demande.headers.topic ?? '') });
      fin(201);
    });
  });
  await new Promise<void>((pret) => serveur.listen(0, '127.0.0.1', pret));
  const adresse = `http://127.0.0.1:${(serveur.address() as AddressInfo).port}`;
  return {
    ...o,
    adresse,
    navigateur: (nom) => {
      const ecdh = createECDH('prime256v1');
      ecdh.generateKeys();
      const auth = randomBytes(16);
      cles.set(nom, { ecdh, auth });
      return { endpoint: `${adresse}/push/${nom}`, p256dh: ecdh.getPublicKey('base64url'), auth: auth.toString('base64url') };
    },
    partir: (nom) => void partis.add(nom),
    close: () => new Promise((fini) => serveur.close(() => fini())),
  };
}
