/** Decisions, actions and votes of an item. */
import { enTextes, masquesDeVersion } from '../../../../core/http/versions.ts';
import { Button, ButtonGroup } from '../../../../ui/Button.tsx';
import { Radios } from '../../../../ui/Choices.tsx';
import { DateInput } from '../../../../ui/DateInput.tsx';
import { ErrorSummary } from '../../../../ui/ErrorSummary.tsx';
import { Form } from '../../../../ui/Form.tsx';
import { Select } from '../../../../ui/Select.tsx';
import { Tag } from '../../../../ui/Tag.tsx';
import { Textarea } from '../../../../ui/Textarea.tsx';
import { TextInput } from '../../../../ui/TextInput.tsx';
import { erreurDe } from '../../../../ui/types.ts';
import { jour, pluriel } from '../../../../ui/typographie.ts';
import type { Vote } from '../tenue.queries.ts';
import { resultatDe } from '../tenue.rules.ts';
import { base, rangDe } from './Deroule.tsx';
import { commencer } from './commencer.ts';
import { nommer } from './Presences.tsx';
import { siegesDeLaTable } from '../tenue.rules.ts';
import type { Saisie, Tenue } from './tenue.modele.ts';
import { choixDeCharge, ecritureEnregistree, type Decision, numeroEcrit } from '../../../decisions/index.ts';

export function Decisions({ t, point }: { t: Tenue; point: string | null }) {
  const liste = t.decisions.filter((d) => d.pointId === point);
  if (liste.length === 0) return <p className="c-point__vide">Aucune décision sur ce point.</p>;
  return (
    <ul className="c-decisions">
      {liste.map((d) => (
        <li key={d.id} className="c-decision">
          <p className="c-decision__texte">
            <strong className="c-decision__numero">{numeroEcrit(d)}</strong> {d.libelle}
          </p>
          <p className="c-decision__faits">
            {t.catalogue.nomActeurA(d.responsableId, d.territoireId)}
            {d.responsableNom && `, ${d.responsableNom}`}
            {d.echeance && ` · pour le ${jour(d.echeance)}`}
            {(d.ligne ?? d.fiche) && ` · engagement ${d.ligne ?? d.fiche}`}
            {t.ecrit && (
              <>
                {' '}
                <a className="govuk-link" href={`${base(t)}/tenir?point=${d.pointId ?? ''}&corriger=${d.id}#f-decision`}>
                  Corriger<span className="govuk-visually-hidden"> {numeroEcrit(d)}</span>
                </a>
              </>
            )}
          </p>
        </li>
      ))}
    </ul>
  );
}

const TONS = { adopté: 'vert', rejeté: 'garance', partagé: 'laiton' } as const;
export function Votes({ t, point }: { t: Tenue; point: string }) {
  const liste = t.votes.filter((v) => v.pointId === point);
  if (liste.length === 0) return null;
  return (
    <ul className="c-decisions">
      {liste.map((v) => (
        <li key={v.id} className="c-decision">
          <p className="c-decision__texte">
            <Tag ton={TONS[resultatDe(v)]}>{resultatDe(v)}</Tag> {v.objet}
          </p>
          <div className="c-decision__faits">
            {direVote(v)}
            {t.ecrit && (
              <Form action={`${base(t)}/votes/${v.id}/retirer`} masques={{ point }} classe="c-en-ligne">
                <button type="submit" className="c-lien-bouton">
                  Retirer<span className="govuk-visually-hidden"> le vote « {v.objet} »</span>
                </button>
              </Form>
            )}
          </div>
        </li>
      ))}
    </ul>
  );
}
const direVote = (v: Vote): string => `Pour : ${v.pour} · contre : ${v.contre} · ${pluriel(v.abstention, 'abstention')}`;

/** Commitments that the session speaks of: its fiches, those of its items, and their lines. */
function engagements(t: Tenue): { valeur: string; libelle: string }[] {
  const proches = new Set([...t.instance.fiches, ...t.points.flatMap((p) => p.fiche ?? [])]);
  return [...t.catalogue.fiches.values()].flatMap((f) => [
    { valeur: f.numero, libelle: f.titre },
    ...(proches.has(f.numero) ? f.lignes.map((l) => ({ valeur: l.id, libelle: l.libelle })) : []),
  ]);
}

interface FormulaireProps {
  t: Tenue;
  saisie: Saisie | null;
  /** Where it is sent, when it completes a draft. */
  action?: string;
}
export function FormulaireDecision({ t, saisie, corrigee, action }: FormulaireProps & { corrigee: Decision | null }) {
  const point = t.points.find((p) => p.id === (corrigee?.pointId ?? t.montre));
  const defaut = corrigee
    ? enTextes(ecritureEnregistree(corrigee).champs)
    : { nature: 'decision', responsable: '', engagement: point?.ligne ?? point?.fiche ?? '' };
  const vierge = { libelle: '', responsable_nom: '', responsable_courriel: '', echeance: '', ...defaut };
  const f = commencer(t, saisie, corrigee ? `correction:${corrigee.id}` : 'decision', vierge);
  const { champs: c, erreurs } = f;
  const e = (nom: string) => erreurDe(erreurs, nom);
  return (
    <section className="c-bloc c-saisie" aria-labelledby="titre-decision">
      <h2 className="govuk-heading-s" id="titre-decision">
        {corrigee ? `Corriger ${numeroEcrit(corrigee)}` : 'Ajouter une décision ou une action'}
      </h2>
      <ErrorSummary erreurs={erreurs} />
      <Form
        action={action ?? (corrigee ? `${base(t)}/decisions/${corrigee.id}` : `${base(t)}/decisions`)}
        masques={
          corrigee
            ? { ...masquesDeVersion(ecritureEnregistree(corrigee), c), brouillon: f.id }
            : { id: f.id, ...(c._vu === undefined ? {} : { version: c.version, _vu: c._vu }) }
        }
        donnees={f.donnees}
        id="f-decision"
        classe="c-saisie__champs"
      >
        {/* What is said first is typed first: it is under the eyes on the smallest screen. */}
        <Textarea nom="libelle" libelle="Quoi" lignes={2} valeur={c.libelle} erreur={e('libelle')} />
        <div className="c-saisie__ligne">
          <Radios
            nom="nature"
            legende="Nature"
            enLigne
            petit
            valeur={c.nature}
            erreur={e('nature')}
            options={[
              { valeur: 'decision', libelle: 'Décision' },
              { valeur: 'action', libelle: 'Action' },
            ]}
          />
          <DateInput nom="echeance" libelle="Pour quand" valeur={c.echeance} erreur={e('echeance')} />
        </div>
        <div className="c-saisie__ligne">
          <Select
            nom="responsable"
            libelle="Qui"
            vide="Choisir"
            valeur={c.responsable}
            erreur={e('responsable')}
            options={choixDeCharge(t.catalogue, t.instance.territoireId, siegesDeLaTable(t.participants), corrigee?.responsableId)}
          />
          <TextInput
            nom="responsable_nom"
            libelle="Personne ou fonction"
            facultatif
            valeur={c.responsable_nom}
            erreur={e('responsable_nom')}
            autoComplete="off"
            attributs={{ list: 'd-participants' }}
          />
        </div>
        <Select
          nom="point"
          id="decision-point"
          libelle="Au sujet de"
          valeur={c.point ?? corrigee?.pointId ?? t.montre ?? ''}
          vide={t.points.length === 0 || corrigee?.pointId === null ? 'La séance en général' : undefined}
          options={t.points.map((p) => ({ valeur: p.id, libelle: `${rangDe(t, p.id)}. ${p.titre}` }))}
          erreur={e('point')}
        />
        <details className="c-ajout" open={corrigee !== null || Boolean(c.responsable_courriel) || Boolean(e('responsable_courriel') ?? e('engagement'))}>
          <summary>Relances, engagement du contrat</summary>
          <div className="c-saisie__ligne">
            <TextInput
              nom="responsable_courriel"
              libelle="Adresse pour les relances"
              facultatif
              type="email"
              valeur={c.responsable_courriel}
              erreur={e('responsable_courriel')}
              autoComplete="off"
            />
            <TextInput
              nom="engagement"
              libelle="Fiche ou engagement du contrat"
              facultatif
              valeur={c.engagement}
              erreur={e('engagement')}
              autoComplete="off"
              attributs={{ list: 'd-engagements' }}
            />
          </div>
        </details>
        <ButtonGroup>
          <Button petit immediat>
            {corrigee ? 'Enregistrer la correction' : 'Ajouter'}
          </Button>
          {corrigee && (
            <>
              <Button petit immediat variante="danger" action={`${base(t)}/decisions/${corrigee.id}/retirer`}>
                Retirer {numeroEcrit(corrigee)}
              </Button>
              <a className="govuk-link" href={`${base(t)}/tenir?point=${corrigee.pointId ?? ''}#point`}>
                Ne rien changer
              </a>
            </>
          )}
        </ButtonGroup>
      </Form>
      <datalist id="d-participants">
        {t.participants.map((p) => (
          <option key={p.id} value={nommer(p)} data-organisation={p.organisationId} data-courriel={p.courriel}>
            {p.nom ? p.fonction : t.catalogue.nomActeurA(p.organisationId, t.instance.territoireId)}
          </option>
        ))}
      </datalist>
      <datalist id="d-engagements">
        {engagements(t).map((x) => (
          <option key={x.valeur} value={x.valeur}>
            {x.libelle}
          </option>
        ))}
      </datalist>
    </section>
  );
}

export function FormulaireVote({ t, saisie, action }: FormulaireProps) {
  const f = commencer(t, saisie, 'vote', { objet: '', pour: '0', contre: '0', abstention: '0' });
  const { champs: c, erreurs } = f;
  const e = (nom: string) => erreurDe(erreurs, nom);
  return (
    <details className="c-bloc c-ajout" open={erreurs.length > 0 || f.repris}>
      <summary>Noter un vote</summary>
      <ErrorSummary erreurs={erreurs} />
      <Form action={action ?? `${base(t)}/votes`} masques={{ id: f.id }} donnees={f.donnees} id="f-vote" classe="c-saisie__champs">
        <Select
          nom="point"
          id="vote-point"
          libelle="Au sujet de"
          valeur={c.point ?? t.montre ?? ''}
          options={t.points.map((p) => ({ valeur: p.id, libelle: `${rangDe(t, p.id)}. ${p.titre}` }))}
        />
        <TextInput nom="objet" libelle="Objet du vote" valeur={c.objet} erreur={e('objet')} autoComplete="off" />
        <div className="c-saisie__ligne">
          {(['pour', 'contre', 'abstention'] as const).map((v) => (
            <TextInput
              key={v}
              nom={v}
              libelle={v === 'abstention' ? 'Abstentions' : v === 'pour' ? 'Pour' : 'Contre'}
              largeur={4}
              inputMode="numeric"
              valeur={c[v] ?? '0'}
              erreur={e(v)}
              autoComplete="off"
            />
          ))}
        </div>
        <Button petit immediat>
          Enregistrer le vote
        </Button>
      </Form>
    </details>
  );
}
