/**
 * Reading the address that the settings have watched. One request, no redirection followed, a few hundred kilobytes, ten seconds. A name that leads to this
 * machine or to a network of the house is refused, whatever it led to before; an address of the house written in figures was meant by who set it.
 */
import { lookup } from 'node:dns';
import { request as requeteHttp } from 'node:http';
import { request as requeteHttps } from 'node:https';
import { isIP, type LookupFunction } from 'node:net';
import ipaddr from 'ipaddr.js';
import { invalide } from '../../../core/errors.ts';
import { OCTETS_MAX } from './cap.lire.ts';

const DELAI_MS = 10_000;
const ECRITES = ['unicast', 'loopback', 'private', 'uniqueLocal'];

/** May a request leave for it? `ecrite`: it stands in figures in the settings. */
export function estPermise(ip: string, ecrite: boolean): boolean {
  if (!ipaddr.isValid(ip)) return false;
  const gamme = ipaddr.process(ip).range();
  return gamme === 'unicast' || (ecrite && ECRITES.includes(gamme));
}
/** The name is resolved here, and the connection goes to what was checked. */
const chercher: LookupFunction = (nom, options, rendre) => {
  lookup(nom, { ...options, all: true }, (erreur, adresses) => {
    if (erreur) return rendre(erreur, '', 4);
    const interdite = adresses.find((a) => !estPermise(a.address, false));
    const [premiere] = adresses;
    if (interdite || !premiere) return rendre(new Error('ce nom mène à une adresse qui n’est pas publique'), '', 4);
    return options.all ? rendre(null, adresses) : rendre(null, premiere.address, premiere.family);
  });
};

/** What the address answers, whole. Throws, in words, when it cannot be had. */
export async function chercherMessage(adresse: string): Promise<Buffer> {
  const url = new URL(adresse);
  const hote = url.hostname.replace(/^\[|\]$/g, '');
  if (isIP(hote) !== 0 && !estPermise(hote, true)) throw invalide('L’adresse surveillée (CONCORDE_CAP_ADRESSE) n’est pas de celles que l’on peut joindre.');
  const demander = url.protocol === 'https:' ? requeteHttps : requeteHttp;
  return new Promise((resoudre, rejeter) => {
    const echouer = (pourquoi: string) => rejeter(invalide(`L’adresse surveillée (CONCORDE_CAP_ADRESSE) : ${pourquoi}.`));
    const r = demander(
      url,
      { lookup: chercher, signal: AbortSignal.timeout(DELAI_MS), headers: { accept: 'application/cap+xml, application/xml, text/xml' } },
      (reponse) => {
        if (reponse.statusCode !== 200) {
          reponse.destroy();
          echouer(`elle répond ${reponse.statusCode}, et aucune redirection n’est suivie`);
          return;
        }
        const morceaux: Buffer[] = [];
        let octets = 0;
        reponse.on('data', (m: Buffer) => {
          octets += m.length;
          morceaux.push(m);
          if (octets > OCTETS_MAX) {
            echouer(`elle rend plus de ${OCTETS_MAX / 1024} Ko`);
            reponse.destroy();
          }
        });
        reponse.on('end', () => resoudre(Buffer.concat(morceaux)));
        reponse.on('error', (e) => echouer(e.message));
      },
    );
    r.on('error', (e) => echouer(e.name === 'TimeoutError' || e.name === 'AbortError' ? 'elle ne répond pas' : e.message));
    r.end();
  });
}
