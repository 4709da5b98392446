/** What tests do with referents: report what a rule gives them, read the letters that leave, correct one by its form. */
import { sql } from 'kysely';
import { expect } from 'vitest';
import type { AppDeTest, Qui } from './app.ts';
import { lireFormulaire } from './formulaire.ts';
import { jourDans } from './jours.ts';

const SAISIR = '/signalements/saisir/derives-sectaires';
const DERIVE = {
  categorie: 'sante',
  'q.organisme': 'Cercle essayé',
  'q.pratiques': 'soins',
  heure: '',
  texte: 'Un stage conseille d’arrêter les soins.',
  courriel: '',
  meme: 'non',
};
interface Recue {
  id: string;
  service: string;
  role: string;
  lecteurs: string[];
}

/** `app`: asked each time, since it is opened before the scenarios and after this. */
export function gestesSurLesReferents(app: () => AppDeTest) {
  const lire = async <L>(q: ReturnType<typeof sql<L>>): Promise<L[]> => (await q.execute(app().base.owner)).rows;
  return {
    lire,
    async signaler(territoire: string, qui: Qui): Promise<Recue> {
      const r = await app().post(SAISIR, { ...DERIVE, territoire, jour: jourDans(0) }, qui);
      expect([r.statusCode, /class="govuk-error-message"[^>]*>([\s\S]*?)<\/p>/.exec(r.body)?.[1]]).toEqual([
        r.statusCode < 400 ? r.statusCode : 303,
        undefined,
      ]);
      const [d] = await lire(
        sql<Recue>`select id, service_id as service, role_referent as role, lecteurs from demandes where circuit = 'derives-sectaires' order by numero desc limit 1`,
      );
      if (!d) throw new Error('rien n’est reçu');
      return d;
    },
    lettres: (id: string) =>
      lire(sql<{ a: string; sujet: string; texte: string }>`
        select destinataire as a, sujet, texte from courriels where objet = ${`/signalements/demandes/${id}`} order by destinataire`),
    async nommer(id: string, champs: Record<string, string>, qui: Qui = { comme: 'coordination', organisation: 'DPMP' }) {
      const url = `/annuaire/referents/${id}/corriger`;
      return app().post(url, { ...lireFormulaire((await app().get(url, qui)).body, url), ...champs }, qui);
    },
  };
}
