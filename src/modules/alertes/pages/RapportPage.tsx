import { PageHeader, Section } from '../../../ui/PageHeader.tsx';
import { duree, jourEtHeure } from '../../../ui/typographie.ts';
import { enSuite } from '../../../ui/enSuite.tsx';
import type { Catalogue } from '../../contrats/index.ts';
import type { Alerte } from '../alerte/alertes.queries.ts';
import type { Reponses } from '../bilan/bilan.queries.ts';
import type { Envoi } from '../envois/envois.queries.ts';
import { direLieu, direPalier } from '../envois/lettres.rules.ts';
import type { Reglement } from '../reglement/reglement.schema.ts';
import { ReponsesTable } from './ChiffresPage.tsx';
import { DestinatairesTable } from './DestinatairesTable.tsx';
import { Exercice } from './mots.tsx';

const minutes = (de: Date, a: Date) => (a.getTime() - de.getTime()) / 60_000;

export function RapportPage(p: {
  catalogue: Catalogue;
  reglement: Reglement;
  alerte: Alerte;
  reponses: readonly Reponses[];
  trous: readonly { texte: string; quand: Date }[];
  envois: readonly Envoi[];
}) {
  const { catalogue: cat, alerte: a } = p;
  const premiers = p.envois.flatMap((e) => (e.genre === 'accuse' && e.reponduLe ? [e.reponduLe.getTime()] : []));
  const premiere = premiers.length > 0 ? new Date(Math.min(...premiers)) : null;
  return (
    <>
      {a.exercice && <Exercice />}
      <PageHeader
        titre={a.exercice ? 'Rapport d’exercice' : 'Rapport d’alerte'}
        chapo={`${direPalier(cat, a.palier)}, ${direLieu(cat, a.territoireId)}, écrite le ${jourEtHeure(a.ecriteLe)}.`}
      />
      <ul className="govuk-list govuk-list--bullet">
        {a.diffuseeLe && <li>De l’écriture à la diffusion : {duree(minutes(a.ecriteLe, a.diffuseeLe))}.</li>}
        {a.diffuseeLe && premiere && <li>De la diffusion à la première réponse : {duree(minutes(a.diffuseeLe, premiere))}.</li>}
        {a.diffuseeLe && a.leveeLe && <li>De la diffusion à la levée : {duree(minutes(a.diffuseeLe, a.leveeLe))}.</li>}
        {!premiere && <li>Personne n’a répondu.</li>}
      </ul>
      <Section titre="Temps de réponse, par fonction" id="temps">
        <ReponsesTable reglement={p.reglement} reponses={p.reponses} />
      </Section>
      <Section titre="Trous" id="trous">
        {p.trous.length === 0 && <p className="govuk-body">Aucun : chaque fonction d’astreinte avait quelqu’un, et chaque silence un relais.</p>}
        <ul className="govuk-list govuk-list--bullet">
          {enSuite(p.trous, (t) => (
            <li>
              {jourEtHeure(t.quand)} : {t.texte}
            </li>
          ))}
        </ul>
      </Section>
      <Section titre="Chacun" id="chacun">
        <DestinatairesTable catalogue={cat} reglement={p.reglement} envois={p.envois} maintenant={a.closeLe ?? a.leveeLe ?? new Date()} />
      </Section>
    </>
  );
}
