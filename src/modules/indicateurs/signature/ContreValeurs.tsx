import { Button, ButtonGroup } from '../../../ui/Button.tsx';
import { Radios } from '../../../ui/Choices.tsx';
import { Details } from '../../../ui/Details.tsx';
import { Form } from '../../../ui/Form.tsx';
import { InsetText } from '../../../ui/InsetText.tsx';
import { Section } from '../../../ui/PageHeader.tsx';
import { Textarea } from '../../../ui/Textarea.tsx';
import { TextInput } from '../../../ui/TextInput.tsx';
import { avecUnite, formatPeriode, jourDuMoment } from '../../../ui/typographie.ts';
import type { Catalogue, Mesure } from '../../contrats/index.ts';
import type { ValeurCollectee } from '../chiffres.rules.ts';
import { cleDe, libelleDeCle } from '../saisie/grain.rules.ts';
import { direAuteur, direDonneur } from '../saisie/parole.rules.ts';
import type { Dispute } from './contre-valeurs.ts';

export interface ContreValeursProps {
  mesure: Mesure;
  catalogue: Catalogue;
  disputes: readonly Dispute[];
  /** What this person may propose another value for. */
  proposables: readonly ValeurCollectee[];
  voirSaisie: boolean;
  peutRegler: (d: Dispute) => boolean;
  peutRetirer: (d: Dispute) => boolean;
}
const ISSUES = { gardee: 'valeur gardée', prise: 'contre-valeur prise', retiree: 'retirée' } as const;

/** A figure and the one that disputes it, side by side until somebody settles. */
export function ContreValeurs(p: ContreValeursProps) {
  const { mesure: m, catalogue: c } = p;
  const ouvertes = p.disputes.filter((d) => d.contre.issue === null);
  const reglees = p.disputes.filter((d) => d.contre.issue !== null);
  if (p.disputes.length === 0 && p.proposables.length === 0) return null;
  const ou = (v: { periode: string; territoireId: string }, cle: string) =>
    [formatPeriode(v.periode), c.territoires.get(v.territoireId)?.nom, cle === '' ? '' : libelleDeCle(m, cle)].filter(Boolean).join(', ');
  const donnee = (v: ValeurCollectee) =>
    v.etat === 'secret' ? 'couverte par le secret' : v.etat === 'sans_objet' || v.valeur === null ? 'sans objet' : avecUnite(v.valeur, m.unite);
  const dire = (d: Dispute) => {
    const { contre: x, ligne: v } = d;
    const quoi = `${ou(x, x.ventilation)} : `;
    return d.secret
      ? `${quoi}${c.nomActeur(x.organisation)} dispute ce chiffre, couvert par le secret.`
      : `${quoi}${direDonneur(v, c)}${direAuteur(v, c) ? ',' : ''} donne ${donnee(v)}, ${c.nomActeur(x.organisation)} propose ${avecUnite(x.valeur, m.unite)}.`;
  };
  return (
    <Section titre="Contre-valeurs" id="contre-valeurs">
      {ouvertes.length > 0 && (
        <p className="govuk-body">Ce chiffre est disputé. Les deux valeurs sont dites jusqu’à ce que le pilote de la fiche ou la coordination règle.</p>
      )}
      {ouvertes.map((d) => (
        <div key={d.contre.id}>
          <InsetText>
            {dire(d)}
            {p.voirSaisie && !d.secret && (
              <>
                <br />
                {`Proposée le ${jourDuMoment(d.contre.le)} par ${d.contre.par} (${c.nomActeur(d.contre.organisation)}), source : ${d.contre.source}. ${d.contre.motif}`}
              </>
            )}
          </InsetText>
          {p.peutRegler(d) && (
            <Details resume="Régler cette contre-valeur">
              <Form action={`/chiffres/${m.id}/contre-valeurs/${d.contre.id}/regler`} masques={{ valeur: d.ligne.id }}>
                <Textarea nom="motif" id={`motif-${d.contre.id}`} libelle="Pourquoi" lignes={2} />
                <ButtonGroup>
                  <Button variante="secondaire" nom="issue" valeur="gardee">
                    {`Garder la valeur donnée${d.secret ? '' : `, ${donnee(d.ligne)}`}`}
                  </Button>
                  {!d.secret && (
                    <Button variante="secondaire" nom="issue" valeur="prise">
                      {`Prendre la contre-valeur, ${avecUnite(d.contre.valeur, m.unite)}`}
                    </Button>
                  )}
                </ButtonGroup>
                {!d.secret && <p className="govuk-hint">Prise, elle devient la version suivante : quelqu’un d’autre la validera.</p>}
              </Form>
            </Details>
          )}
          {p.peutRetirer(d) && (
            <Form action={`/chiffres/${m.id}/contre-valeurs/${d.contre.id}/retirer`}>
              <Button variante="discret">Retirer notre contre-valeur</Button>
            </Form>
          )}
        </div>
      ))}
      {p.proposables.length > 0 && (
        <Details resume="Proposer une autre valeur">
          <Form action={`/chiffres/${m.id}/contre-valeurs`}>
            <Radios
              nom="contribution"
              legende="Au lieu de quelle valeur"
              options={p.proposables.map((v) => ({
                valeur: v.id,
                libelle: `${direDonneur(v, c)}, ${ou(v, cleDe(v.ventilation))} : ${donnee(v)}`,
              }))}
            />
            <TextInput nom="contre" libelle="Valeur que vous proposez" suffixe={m.unite} largeur={10} inputMode="decimal" />
            <TextInput nom="source" id="source-contre" libelle="Source" aide="Le logiciel, le service ou le comptage dont elle vient." />
            <Textarea nom="motif" id="motif-contre" libelle="Pourquoi" aide="Les partenaires le liront. Aucun nom de personne." lignes={2} />
            <Button variante="secondaire">Proposer</Button>
          </Form>
        </Details>
      )}
      {reglees.length > 0 && (
        <Details resume="Contre-valeurs réglées">
          <ul className="govuk-list govuk-list--bullet">
            {reglees.map((d) => (
              <li key={d.contre.id}>
                {d.secret
                  ? dire(d)
                  : `${ou(d.contre, d.contre.ventilation)} : ${c.nomActeur(d.contre.organisation)} proposait ${avecUnite(d.contre.valeur, m.unite)}.`}{' '}
                {`${ISSUES[d.contre.issue ?? 'retiree']} le ${d.contre.issueLe ? jourDuMoment(d.contre.issueLe) : ''} par ${d.contre.issuePar} (${c.nomActeur(d.contre.issueOrganisation ?? '')})`}
                {d.contre.issueMotif && !d.secret ? ` : ${d.contre.issueMotif}` : '.'}
              </li>
            ))}
          </ul>
        </Details>
      )}
    </Section>
  );
}
