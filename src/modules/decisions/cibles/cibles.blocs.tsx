/** Targets on the pages of others: nothing is said where no decision set one. */
import { auTravail } from '../../../core/authorize.ts';
import { jourDe } from '../../../core/clock.ts';
import type { Contexte } from '../../../core/http/http.ts';
import type { Emplacement } from '../../../core/module.ts';
import { LinkButton } from '../../../ui/Button.tsx';
import { Details } from '../../../ui/Details.tsx';
import { Section } from '../../../ui/PageHeader.tsx';
import { avecUnite, jour } from '../../../ui/typographie.ts';
import { enDirectDe, getFormulaire } from '../../indicateurs/index.ts';
import { peutCibler } from '../decisions.policy.ts';
import { direReference, getCibles } from './cibles.ts';
import { CiblesTable, Reference } from './CiblesTable.tsx';
import { estChiffrable } from './cibles.schema.ts';
import { listCibles } from './cibles.queries.ts';
import { SENS } from './cibles.rules.ts';

const ou = async (c: Contexte, o: { territoireId: string; annee: string }) => ({
  ...o,
  f: await getFormulaire(c.db, c.contrat.id),
  aujourdhui: jourDe(c.maintenant),
  enDirect: enDirectDe(c.utilisateur),
});

/** On the page of a figure: the target, every word before it, and for those who may, the way to set one. */
export const ciblesDuChiffre: Emplacement<{ mesure: string; territoireId: string; annee: string }> = async (c, { mesure: id, ...lieu }) => {
  const o = await ou(c, lieu);
  const mesure = o.f.catalogue.mesures.get(id);
  if (!mesure || !estChiffrable(mesure)) return null;
  const cibles = await getCibles(c.db, c.contrat.id, [id], o);
  const dites = await listCibles(c.db, c.contrat.id, { mesures: [id], territoireId: o.territoireId });
  const peut = peutCibler(c.utilisateur, { fiche: mesure.fiche, territoireId: o.territoireId }, o.f.catalogue.contient);
  const ouvre = auTravail(c.utilisateur);
  if (dites.length === 0 && !peut) return null;
  const passees = dites.filter((d) => !cibles.some((x) => x.annee === d.annee && x.rang === d.rang));
  const corps = (
    <Section titre="Cible" id="cibles">
      {cibles.length > 0 ? (
        <CiblesTable cibles={cibles} catalogue={o.f.catalogue} ouvre={ouvre} seule />
      ) : (
        <p className="govuk-body">Aucune cible n’est en vigueur : elle n’existe qu’avec la décision qui la fixe.</p>
      )}
      {passees.length > 0 && (
        <Details resume="Cibles remplacées ou retirées">
          <ul className="govuk-list govuk-list--bullet">
            {passees.map((d) => (
              <li key={`${d.annee} ${d.rang}`}>
                31 décembre {d.annee} : {d.valeur === null || d.sens === null ? 'cible retirée' : `${SENS[d.sens]} ${avecUnite(d.valeur, d.unite)}`}
                {d.abandonnee ? ', décision abandonnée' : ''} (<Reference cible={{ ...d, reference: direReference(d) }} ouvre={ouvre} />
                {ouvre ? `, saisie par ${d.par} le ${jour(jourDe(d.le))}` : ''})
              </li>
            ))}
          </ul>
        </Details>
      )}
      {peut && (
        <LinkButton variante="secondaire" href={`/decisions/cibles/${encodeURIComponent(id)}?territoire=${o.territoireId}`}>
          {cibles.length > 0 ? 'Changer la cible par une décision' : 'Fixer une cible par une décision'}
        </LinkButton>
      )}
    </Section>
  );
  return { rang: 10, corps };
};

export const ciblesDeFiche: Emplacement<{ fiche: string; territoireId: string; annee: string }> = async (c, { fiche, ...lieu }) => {
  const o = await ou(c, lieu);
  const mesures = o.f.catalogue.fiches.get(fiche)?.mesures.map((m) => m.id) ?? [];
  const cibles = await getCibles(c.db, c.contrat.id, mesures, o);
  if (cibles.length === 0) return null;
  const corps = (
    <Section titre="Les cibles décidées" id="cibles">
      <CiblesTable cibles={cibles} catalogue={o.f.catalogue} ouvre={auTravail(c.utilisateur)} />
    </Section>
  );
  return { rang: 5, corps };
};
