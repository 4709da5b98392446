/** The guide, question by question: its address holds one letter by answer and nothing is sent. 200; 404 letters that answer nothing. */
import { acces } from '../../../core/authorize.ts';
import { introuvable } from '../../../core/errors.ts';
import { type Contexte, get, type Reponse, type Route } from '../../../core/http/http.ts';
import { getCatalogue } from '../../contrats/index.ts';
import { listCorrections } from '../demarches/corrections.queries.ts';
import { lireDemarche } from '../demarches/demarche.rules.ts';
import { QuestionPage, ResultatPage } from '../pages/GuidePages.tsx';
import type { Secours } from '../secours.donnees.ts';
import { enSecours } from '../secours.cadre.ts';
import { lireNumeros } from '../verifications/lire.ts';
import { listChemins, marcher } from './guide.rules.ts';

const TITRE = 'Guide';

export function buildGuideRoutes({ numeros: s, guide: g }: Secours): Route[] {
  if (!s || !g) return [];
  const montrer = async (c: Contexte, chemin: string): Promise<Reponse> => {
    const ici = marcher(g, chemin);
    if (!ici) throw introuvable('Cette page du guide');
    if ('question' in ici) return enSecours({ titre: TITRE, corps: <QuestionPage {...ici} chemin={chemin} /> });
    const cat = await getCatalogue(c.db, c.contrat.id);
    const corrections = await listCorrections(c.db, c.contrat.id, ici.resultat.demarches);
    const demarches = ici.resultat.demarches.flatMap((code) => g.demarches.filter((d) => d.code === code)).map((d) => lireDemarche(d, corrections.get(d.code)));
    return enSecours({ titre: TITRE, corps: <ResultatPage {...ici} s={await lireNumeros(c, s)} demarches={demarches} nommer={cat.nomActeur} /> });
  };
  return [
    get('/aide/guide', acces.public, (c) => montrer(c, ''), { secours: ['/aide/guide'] }),
    get('/aide/guide/:chemin', acces.public, (c) => montrer(c, c.params.chemin ?? ''), { secours: listChemins(g).map((x) => `/aide/guide/${x}`) }),
  ];
}
