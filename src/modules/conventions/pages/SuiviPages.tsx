import { Button } from '../../../ui/Button.tsx';
import { Confirmer } from '../../../ui/Confirmer.tsx';
import { Radios } from '../../../ui/Choices.tsx';
import { DateInput } from '../../../ui/DateInput.tsx';
import { Details } from '../../../ui/Details.tsx';
import { ErrorSummary } from '../../../ui/ErrorSummary.tsx';
import { Form } from '../../../ui/Form.tsx';
import { PageHeader } from '../../../ui/PageHeader.tsx';
import { Select } from '../../../ui/Select.tsx';
import { SummaryList } from '../../../ui/SummaryList.tsx';
import { Textarea } from '../../../ui/Textarea.tsx';
import { TextInput } from '../../../ui/TextInput.tsx';
import { enumerer, jour } from '../../../ui/typographie.ts';
import type { Charge } from '../conventions.contexte.ts';
import type { Engagement, Partie } from '../conventions.queries.ts';
import { ISSUES } from '../conventions.rules.ts';
import type { Formulaire } from '../formulaires.ts';
import { direMois, direParoleDite, direPromesse, nomDePartie, surQuelleParole } from '../mots.ts';
import type { ParoleDite } from '../paroles.queries.ts';
import { actions, champDe } from './PartiesPages.tsx';

type Props = Charge & Formulaire;

export function RevueFormPage(p: Props) {
  const champ = champDe(p);
  return (
    <>
      <ErrorSummary erreurs={p.erreurs} />
      <PageHeader
        titre="Noter une revue"
        surtitre={p.acte.titre}
        chapo="Ce que les parties ont conclu ensemble. Chacune l’apprend par lettre, le confirme ou le conteste. La suivante se compte à partir de ce jour."
      />
      <Form action={`/conventions/${p.acte.id}/revues/nouvelle`}>
        <DateInput {...champ('jour')} libelle="Tenue le" max={p.aujourdhui} />
        <Radios {...champ('issue')} legende="Ce qu’elle a conclu" petit options={Object.entries(ISSUES).map(([valeur, libelle]) => ({ valeur, libelle }))} />
        <Textarea {...champ('texte')} libelle="Ce qui a été dit" lignes={4} max={4000} facultatif aide="Sans nom de personne suivie." />
        {actions('Noter la revue', `/conventions/${p.acte.id}#revues`)}
      </Form>
    </>
  );
}

export function EngagementFormPage(p: Props) {
  const champ = champDe(p);
  const eux = [...new Set([...p.acte.organisations, p.acte.porteurId])].map((x) => ({ valeur: x, libelle: p.catalogue.nomActeur(x) }));
  const site = p.acte.nature === 'protocole-site';
  return (
    <>
      <ErrorSummary erreurs={p.erreurs} />
      <PageHeader
        titre={site ? 'Ajouter un point à vérifier' : 'Ajouter un engagement'}
        surtitre={p.acte.titre}
        chapo="L’organisation nommée l’apprend par lettre et le confirme ; il entre alors dans ses échéances, et n’est en retard qu’une fois son jour passé."
      />
      <Form action={`/conventions/${p.acte.id}/engagements/nouveau`}>
        <TextInput {...champ('libelle')} libelle={site ? 'Ce qui est à vérifier' : 'Ce qui est promis'} />
        <Select
          {...champ('organisation')}
          libelle="Par"
          vide="choisir"
          aide="Une partie à l’acte, ou qui le tient."
          options={eux.sort((x, y) => x.libelle.localeCompare(y.libelle, 'fr'))}
        />
        <DateInput {...champ('du_le')} libelle="Pour le" />
        <TextInput
          {...champ('tous_les_mois')}
          libelle="Puis tous les"
          facultatif
          largeur={3}
          inputMode="numeric"
          suffixe="mois"
          aide="Vide : une seule fois."
        />
        {actions('Ajouter', `/conventions/${p.acte.id}#engagements`)}
      </Form>
    </>
  );
}

export function EngagementPage(p: Props & { engagement: Engagement; prochain: string | null; paroles: readonly ParoleDite[]; parElle: boolean }) {
  const { engagement: e, prochain } = p;
  const sansSuite = direPromesse(p.paroles.filter((x) => x.genre === 'promesse').map((x) => x.etat));
  const champ = champDe(p);
  const url = `/conventions/${p.acte.id}/engagements/${e.id}`;
  return (
    <>
      <ErrorSummary erreurs={p.erreurs} />
      <PageHeader titre={e.libelle} surtitre={p.acte.titre} />
      <SummaryList
        lignes={[
          { cle: 'Par', valeur: p.catalogue.nomActeur(e.organisationId) },
          { cle: 'Rythme', valeur: e.tousLesMois === null ? 'une fois' : direMois(e.tousLesMois) },
          {
            cle: 'Prochain jour',
            valeur: sansSuite ? sansSuite : prochain ? jour(prochain) : e.arreteLe ? `aucun : arrêté le ${jour(e.arreteLe)}` : 'aucun : c’est fait',
          },
          ...e.faits.map((f) => ({
            cle: `Pour le ${jour(f.du_le)}`,
            valeur: `tenu le ${jour(f.fait_le)}${f.preuve ? ` : ${f.preuve}` : ''}${f.organisation_id ? ` (dit par ${p.catalogue.nomActeur(f.organisation_id)})` : ''}`,
          })),
          ...p.paroles.filter((x) => x.etat !== 'confirmee').map((x) => ({ cle: direParoleDite(x, true), valeur: surQuelleParole(x, p.catalogue, true) })),
        ]}
      />
      {prochain && !sansSuite && (
        <Form action={url} masques={{ acte: 'faire', du_le: prochain }}>
          <DateInput {...champ('jour', p.aujourdhui)} libelle="Tenu le" max={p.aujourdhui} />
          <TextInput {...champ('preuve')} libelle="Ce qui le montre" facultatif aide="Une phrase, ou l’adresse d’une page." />
          {!p.parElle && (
            <p className="govuk-body">Vous le notez pour {p.catalogue.nomActeur(e.organisationId)} : il reste dû tant qu’elle ne l’a pas confirmé.</p>
          )}
          {actions('Dire qu’il est tenu', `/conventions/${p.acte.id}#engagements`)}
        </Form>
      )}
      {prochain && !sansSuite && (
        <Details resume="L’engagement s’arrête">
          <p className="govuk-body">À partir d’aujourd’hui, plus rien n’en sera dû. Ce qui a été tenu reste.</p>
          <Form action={url} masques={{ acte: 'arreter' }}>
            <Button variante="secondaire">Arrêter l’engagement</Button>
          </Form>
        </Details>
      )}
    </>
  );
}

export function FinPage(p: Props & { restent: readonly Partie[]; tient: boolean; siennes: readonly string[]; seule: string }) {
  const champ = champDe(p);
  const { acte: a } = p;
  const url = `/conventions/${a.id}/fin`;
  return (
    <>
      <ErrorSummary erreurs={p.erreurs} />
      <PageHeader
        titre={a.denonceeLe ? 'Annuler la dénonciation' : a.nature === 'arrete' ? 'Noter l’abrogation' : 'Noter la dénonciation'}
        surtitre={a.titre}
        chapo={a.denonceeLe ? `Notée pour le ${jour(a.denonceeLe)} : ${a.denonceeMotif}` : 'Le jour où l’acte cesse peut être à venir : il lie jusque-là.'}
      />
      {p.seule ? (
        <p className="govuk-body">{p.seule}</p>
      ) : a.denonceeLe ? (
        <Form action={url} masques={{ acte: 'annuler' }}>
          {actions('Annuler la dénonciation', `/conventions/${a.id}`)}
        </Form>
      ) : (
        <Form action={url} masques={{ acte: 'denoncer' }}>
          <DateInput {...champ('jour')} libelle="L’acte cesse le" />
          {!p.tient && (
            <p className="govuk-body">
              Dénoncé par {enumerer(p.siennes.map(p.catalogue.nomActeur))}, de sa propre parole : elle seule y reviendra. Chaque autre partie l’apprend par
              lettre.
            </p>
          )}
          {(p.tient ? a.nature !== 'arrete' : p.siennes.length > 1) && (
            <Select
              {...champ('par', p.tient ? a.porteurId : p.siennes[0])}
              libelle="Par"
              aide={
                p.tient
                  ? 'Si ce n’est pas votre organisation, elle l’apprend par lettre, et l’acte n’est dénoncé qu’une fois qu’elle l’a confirmé.'
                  : 'L’une des organisations pour lesquelles vous répondez.'
              }
              options={[
                ...(p.tient ? [{ valeur: a.porteurId, libelle: p.catalogue.nomActeur(a.porteurId) }] : []),
                ...p.restent
                  .filter((x) => (p.tient ? x.organisationId !== a.porteurId : p.siennes.includes(x.organisationId ?? '')))
                  .map((x) => ({ valeur: x.organisationId ?? x.id, libelle: nomDePartie(p.catalogue, x) })),
              ]}
            />
          )}
          <TextInput {...champ('motif')} libelle="Pourquoi" />
          <Confirmer etonnements={p.etonnements} legende="L’acte était déjà reconduit" libelle="Oui, il a été dénoncé à temps" />
          {actions('Noter la fin', `/conventions/${a.id}`)}
        </Form>
      )}
    </>
  );
}
