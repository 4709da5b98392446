import { PageHeader, Section } from '../../../ui/PageHeader.tsx';
import { duree, jourEtHeure } from '../../../ui/typographie.ts';
import { enSuite } from '../../../ui/enSuite.tsx';
import type { Catalogue } from '../../contrats/index.ts';
import type { Alerte } from '../alerte/alertes.queries.ts';
import type { Reponses } from '../bilan/bilan.queries.ts';
import { direTrous, direValidation } from '../bilan/bilan.rules.ts';
import { type EtatDEnvoi, etatDeLEnvoi, type Suivi } from '../envois/etat.rules.ts';
import { direLieu, direPalier } from '../envois/lettres.rules.ts';
import { palierDe } from '../reglement/reglement.ts';
import type { Reglement } from '../reglement/reglement.schema.ts';
import { ReponsesTable } from './ChiffresPage.tsx';
import { DestinatairesTable } from './DestinatairesTable.tsx';
import { Exercice } from './mots.tsx';

const minutes = (de: Date, a: Date) => (a.getTime() - de.getTime()) / 60_000;

/** What is known of holes: none is said only where they were looked for, and who is silent is said apart. */
function Trous({ alerte, trous, suivis, maintenant }: Pick<RapportPageProps, 'alerte' | 'trous' | 'suivis' | 'maintenant'>) {
  const combien = (etat: EtatDEnvoi) => suivis.filter((e) => e.genre === 'accuse' && etatDeLEnvoi(e, alerte, maintenant) === etat).length;
  return (
    <>
      <ul className="govuk-list govuk-list--bullet">
        {direTrous({ trous: alerte.trous, lignes: trous.length, combien }).map((x) => (
          <li key={x}>{x}</li>
        ))}
      </ul>
      <ul className="govuk-list govuk-list--bullet">
        {enSuite(trous, (t) => (
          <li>
            {jourEtHeure(t.quand)} : {t.texte}
          </li>
        ))}
      </ul>
    </>
  );
}

export interface RapportPageProps {
  catalogue: Catalogue;
  reglement: Reglement;
  alerte: Alerte;
  reponses: readonly Reponses[];
  trous: readonly { texte: string; quand: Date }[];
  suivis: readonly Suivi[];
  nomme: (organisationId: string) => boolean;
  maintenant: Date;
}
export function RapportPage(p: RapportPageProps) {
  const { catalogue: cat, alerte: a } = p;
  const premiers = p.suivis.flatMap((e) => (e.genre === 'accuse' && e.accuseLe ? [e.accuseLe.getTime()] : []));
  const premiere = premiers.length > 0 ? new Date(Math.min(...premiers)) : null;
  return (
    <>
      {a.exercice && <Exercice />}
      <PageHeader
        titre={a.exercice ? 'Rapport d’exercice' : 'Rapport d’alerte'}
        chapo={`${direPalier(cat, a.palier)}, ${direLieu(cat, a.territoireId)}, écrite le ${jourEtHeure(a.ecriteLe)}.`}
      />
      <ul className="govuk-list govuk-list--bullet">
        <li>{direValidation(a, palierDe(p.reglement, a.palier), p.maintenant)}</li>
        {a.diffuseeLe && <li>De l’écriture à la diffusion : {duree(minutes(a.ecriteLe, a.diffuseeLe))}.</li>}
        {a.diffuseeLe && premiere && <li>De la diffusion à la première réponse : {duree(minutes(a.diffuseeLe, premiere))}.</li>}
        {a.diffuseeLe && a.leveeLe && <li>De la diffusion à la levée : {duree(minutes(a.diffuseeLe, a.leveeLe))}.</li>}
        {!p.suivis.some((e) => e.genre === 'accuse' && e.reponse !== null) && <li>Personne n’a répondu.</li>}
      </ul>
      <Section titre="Temps de réponse, par fonction" id="temps">
        <ReponsesTable reglement={p.reglement} reponses={p.reponses} />
      </Section>
      <Section titre="Trous et silences" id="trous">
        <Trous {...p} />
      </Section>
      <Section titre="Chacun" id="chacun">
        <DestinatairesTable {...p} />
      </Section>
    </>
  );
}
