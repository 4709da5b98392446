import { Button } from '../../../ui/Button.tsx';
import { Radios } from '../../../ui/Choices.tsx';
import { Details } from '../../../ui/Details.tsx';
import { DateInput } from '../../../ui/DateInput.tsx';
import { Form } from '../../../ui/Form.tsx';
import { Section } from '../../../ui/PageHeader.tsx';
import { Select } from '../../../ui/Select.tsx';
import { Textarea } from '../../../ui/Textarea.tsx';
import { TextInput } from '../../../ui/TextInput.tsx';
import { type ErreurDeChamp, erreurDe } from '../../../ui/types.ts';
import { jour, pluriel } from '../../../ui/typographie.ts';
import { type Catalogue, optionsDActeurs } from '../../contrats/index.ts';
import type { Alerte } from '../alerte/alertes.queries.ts';
import { issuesALever } from '../alerte/alertes.schema.ts';
import { peutMonter, peutSeDireErreur } from '../alerte/deja.rules.ts';
import { direPalier } from '../envois/lettres.rules.ts';
import { palierDe, paliersAuDessus } from '../reglement/reglement.ts';
import type { Reglement } from '../reglement/reglement.schema.ts';
import type { Decision } from '../../decisions/index.ts';
import { direRegle } from './NouvelleAlertePage.tsx';

interface Formulaire {
  base: string;
  champs: Readonly<Record<string, string>>;
  erreurs: readonly ErreurDeChamp[];
}

export function ValiderForms({
  base,
  champs,
  erreurs,
  prevenus,
  valider = `${base}/valider`,
  ecarter = `${base}/ecarter`,
}: Formulaire & { prevenus: number; valider?: string; ecarter?: string }) {
  return (
    <Section titre="Valider" id="valider">
      <p className="govuk-body">
        {prevenus === 0 ? 'Validée, elle ne préviendrait personne : les listes sont vides ici.' : `Validée, elle prévient ${pluriel(prevenus, 'personne')}.`}{' '}
        Écartée, elle ne part pas.
      </p>
      <Form action={valider} masques={{ decision: 'valider' }}>
        <Button>Valider et diffuser</Button>
      </Form>
      <Form action={ecarter} masques={{ decision: 'ecarter' }}>
        <TextInput
          nom="motif"
          libelle="Pourquoi ne pas la diffuser"
          valeur={champs.motif ?? ''}
          erreur={erreurDe(erreurs, 'motif')}
          attributs={{ maxLength: 300 }}
        />
        <Button variante="danger">Écarter</Button>
      </Form>
    </Section>
  );
}

/** What changes what it is: graver than it was written, or not to have left at all. */
export function CorrigerForms({
  catalogue: cat,
  reglement: r,
  alerte: a,
  base,
  champs,
  erreurs,
  maintenant,
}: Formulaire & { catalogue: Catalogue; reglement: Reglement; alerte: Alerte; maintenant: Date }) {
  const paliers = peutMonter(a, maintenant) === null ? paliersAuDessus(r, a.palier) : [];
  const refus = { palier: erreurDe(erreurs, 'palier'), motif: erreurDe(erreurs, 'motif_erreur') };
  return (
    <>
      {paliers.length > 0 && (
        <Details resume="C’est devenu plus grave" ouvert={refus.palier !== undefined}>
          <Form action={`${base}/palier`}>
            <Radios
              nom="palier"
              legende="Passer au palier"
              aide={
                a.etat === 'levee' || a.etat === 'close'
                  ? 'Elle se rouvre. Ceux qui la connaissent l’apprennent, les autres sont prévenus.'
                  : 'Ceux qui la connaissent l’apprennent, les autres sont prévenus.'
              }
              petit
              valeur={champs.palier ?? ''}
              erreur={refus.palier}
              options={paliers.map((p) => ({ valeur: p.code, libelle: direPalier(cat, p.code), aide: direRegle(p) }))}
            />
            <Button variante="secondaire">Passer à ce palier</Button>
          </Form>
        </Details>
      )}
      {peutSeDireErreur(a, maintenant) === null && (
        <Details resume="Elle n’aurait pas dû partir" ouvert={refus.motif !== undefined}>
          <Form action={`${base}/erreur`}>
            <TextInput
              nom="motif_erreur"
              libelle="Pourquoi"
              aide="Ceux qui ont été prévenus l’apprennent. Elle reste lisible ici, et ne compte plus."
              valeur={champs.motif_erreur ?? ''}
              erreur={refus.motif}
              attributs={{ maxLength: 300 }}
            />
            <Button variante="danger">Envoyée par erreur</Button>
          </Form>
        </Details>
      )}
    </>
  );
}

export function LeverForm({
  catalogue: cat,
  reglement: r,
  alerte: a,
  base,
  champs,
  erreurs,
}: Formulaire & { catalogue: Catalogue; reglement: Reglement; alerte: Alerte }) {
  const heures = (
    <TextInput
      nom="heures"
      libelle="Représailles à craindre"
      aide={`Heures après la levée, ${r.represailles.max} au plus.`}
      suffixe="heures"
      largeur={4}
      type="number"
      inputMode="numeric"
      valeur={champs.heures ?? r.represailles.heures}
      erreur={erreurDe(erreurs, 'heures')}
    />
  );
  const fenetre = palierDe(r, a.palier).represailles;
  if (a.etat === 'levee')
    return fenetre ? (
      <Section titre="Fenêtre de représailles" id="fenetre">
        <Form action={`${base}/fenetre`}>
          {heures}
          <Button variante="secondaire">Changer la fenêtre</Button>
        </Form>
      </Section>
    ) : null;
  return (
    <Section titre="Lever l’alerte" id="lever">
      <Form action={`${base}/lever`}>
        <Radios
          nom="issue"
          legende="Ce qui s’est passé"
          petit
          valeur={champs.issue ?? ''}
          erreur={erreurDe(erreurs, 'issue')}
          options={issuesALever(cat).map((v) => ({ valeur: v.code, libelle: v.libelle }))}
        />
        {fenetre && heures}
        <Button>Lever l’alerte</Button>
      </Form>
    </Section>
  );
}

/** What was learnt, then what is to be done of it, by whom and when. */
export function RetexSection({
  catalogue: cat,
  alerte: a,
  conduit,
  actions,
  base,
  champs,
  erreurs,
}: Formulaire & { catalogue: Catalogue; alerte: Alerte; conduit: boolean; actions: readonly Decision[] }) {
  if (!conduit && !a.retex) return null;
  return (
    <Section titre="Retour d’expérience" id="retex">
      {a.retexDu && !a.retexLe && <p className="govuk-body">Attendu pour le {jour(a.retexDu)}.</p>}
      {!conduit && <p className="govuk-body">{a.retex}</p>}
      {conduit && (
        <Form action={`${base}/retex`} masques={{ version: String(a.version) }}>
          <Textarea
            nom="retex"
            libelle="Ce qui a marché, ce qui a manqué"
            aide="Sans nom de personne ni de groupe."
            lignes={5}
            max={4000}
            valeur={champs.retex ?? a.retex}
            erreur={erreurDe(erreurs, 'retex')}
          />
          <Button variante="secondaire">Enregistrer le retour d’expérience</Button>
        </Form>
      )}
      {actions.length > 0 && (
        <ul className="govuk-list govuk-list--bullet">
          {actions.map((d) => (
            <li key={d.id}>
              <a className="govuk-link" href={`/decisions/${d.id}`}>
                {d.libelle}
              </a>
              , {cat.nomActeur(d.responsableId ?? '')}
              {d.echeance ? `, pour le ${jour(d.echeance)}` : ''}
            </li>
          ))}
        </ul>
      )}
      {conduit && a.retexLe && (
        <Form action={`${base}/decision`}>
          <TextInput
            nom="libelle"
            libelle="Action à suivre"
            valeur={champs.libelle ?? ''}
            erreur={erreurDe(erreurs, 'libelle')}
            attributs={{ maxLength: 300 }}
          />
          <Select
            nom="organisme"
            libelle="Qui la fait"
            vide="Choisissez"
            valeur={champs.organisme ?? ''}
            erreur={erreurDe(erreurs, 'organisme')}
            options={optionsDActeurs(cat)}
          />
          <DateInput nom="echeance" libelle="Pour le" valeur={champs.echeance ?? ''} erreur={erreurDe(erreurs, 'echeance')} />
          <Button variante="secondaire">Ajouter l’action</Button>
        </Form>
      )}
    </Section>
  );
}
