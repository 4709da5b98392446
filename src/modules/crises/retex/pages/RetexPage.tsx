import { Button } from '../../../../ui/Button.tsx';
import { Radios } from '../../../../ui/Choices.tsx';
import { DateInput } from '../../../../ui/DateInput.tsx';
import { Form } from '../../../../ui/Form.tsx';
import { Section } from '../../../../ui/PageHeader.tsx';
import { Select } from '../../../../ui/Select.tsx';
import { Table } from '../../../../ui/Table.tsx';
import { Tag } from '../../../../ui/Tag.tsx';
import { Textarea } from '../../../../ui/Textarea.tsx';
import { TextInput } from '../../../../ui/TextInput.tsx';
import type { ErreurDeChamp } from '../../../../ui/types.ts';
import { capitale, enumerer, isoDuMoment, jour, jourDuMoment, jourEtHeure, nombre, pluriel } from '../../../../ui/typographie.ts';
import { plusJours } from '../../../echeances/index.ts';
import { type choixDeCharge, type Decision, direEtat, estEnRetard } from '../../../decisions/index.ts';
import { ConfirmerNoms } from '../../conduite/CadreDeConduite.tsx';
import { champ, type Champs, type Salle } from '../../conduite/salle.ts';
import type { Constat, Retex } from '../retex.queries.ts';
import { CODES_TEMPS, dueLe, heureLimite, NATURES_DE_CONSTAT, refusDuTemps, TEMPS, type Temps } from '../retex.rules.ts';
import { optionsDeFiches } from '../../../contrats/index.ts';

interface Props {
  salle: Salle;
  constats: readonly Constat[];
  decisions: ReadonlyMap<string, Decision>;
  signes: readonly Retex[];
  aujourdhui: string;
  maintenant: Date;
  /** Days after the close from which lessons are told with distance. */
  froidDes: number;
  choix: ReturnType<typeof choixDeCharge>;
  /** What still keeps it from the archive. */
  manque: readonly string[];
  formulaire: 'constat' | 'signature' | undefined;
  champs: Champs;
  erreurs: readonly ErreurDeChamp[];
}

export function RetexPage(p: Props) {
  const { salle: k } = p;
  const reste = CODES_TEMPS.filter((t) => !p.signes.some((s) => s.temps === t));
  const ouvert = k.ecrit && k.crise.etat !== 'archivee' && reste.length > 0;
  return (
    <>
      <Section titre="Deux temps">
        <Table
          legende="Retour d’expérience, à chaud puis à froid"
          legendeMasquee
          lignes={CODES_TEMPS}
          cle={(t) => t}
          colonnes={[
            { cle: 'temps', titre: 'Temps', entete: true, cellule: (t) => capitale(TEMPS[t]) },
            {
              cle: 'pour',
              titre: 'Attendu',
              cellule: (t) =>
                k.crise.closeLe
                  ? t === 'chaud'
                    ? `avant le ${jourEtHeure(heureLimite(k.crise.closeLe))}`
                    : `du ${jour(plusJours(isoDuMoment(k.crise.closeLe), p.froidDes))} au ${jour(dueLe(t, isoDuMoment(k.crise.closeLe)))}`
                  : t === 'chaud'
                    ? 'dans les 48 heures après la clôture'
                    : `de ${pluriel(p.froidDes, 'jour')} à un mois après la clôture`,
            },
            { cle: 'etat', titre: 'État', cellule: (t) => <Etat page={p} temps={t} /> },
            { cle: 'synthese', titre: 'Synthèse', cellule: (t) => p.signes.find((s) => s.temps === t)?.synthese ?? '' },
          ]}
        />
        {k.crise.closeLe && k.crise.etat !== 'archivee' && (
          <p className="govuk-body">
            {k.crise.erreurLe
              ? 'Salle ouverte par erreur : aucun retour d’expérience n’est dû.'
              : p.manque.length === 0
                ? 'Tout est signé : l’archivage est possible.'
                : `Avant l’archivage, il manque ${enumerer(p.manque)}.`}
          </p>
        )}
      </Section>
      <Section titre="Constats">
        <Table
          legende="Constats"
          legendeMasquee
          lignes={p.constats}
          cle={(x) => x.id}
          vide={<p className="govuk-body">Aucun constat encore.</p>}
          colonnes={[
            { cle: 'texte', titre: 'Constat', entete: true, cellule: (x) => x.texte },
            {
              cle: 'nature',
              titre: 'Nature',
              cellule: (x) => <Tag ton={x.nature === 'fort' ? 'vert' : 'laiton'}>{x.nature === 'fort' ? 'Point fort' : 'À améliorer'}</Tag>,
            },
            { cle: 'temps', titre: 'Temps', cellule: (x) => TEMPS[x.temps] },
            { cle: 'par', titre: 'Dit par', cellule: (x) => `${x.par}, le ${jourDuMoment(x.le)}` },
            { cle: 'suite', titre: 'Décision', cellule: (x) => <Suite page={p} d={x.decisionId ? p.decisions.get(x.decisionId) : undefined} /> },
          ]}
        />
      </Section>
      {ouvert && <Ajouter {...p} reste={reste} />}
      {ouvert && k.conduit && k.crise.closeLe && <Signer {...p} reste={reste} />}
    </>
  );
}

function Etat({ page: p, temps }: { page: Props; temps: Temps }) {
  const signe = p.signes.find((s) => s.temps === temps);
  if (signe)
    return (
      <>
        signé par {signe.signePar}, le {jourDuMoment(signe.signeLe)} ({nombre(signe.participants)} participants)
      </>
    );
  const { closeLe } = p.salle.crise;
  if (p.salle.crise.erreurLe) return <>non dû</>;
  if (!closeLe) return <>pas encore dû</>;
  const passe = temps === 'chaud' ? heureLimite(closeLe) < p.maintenant : dueLe(temps, isoDuMoment(closeLe)) < p.aujourdhui;
  return passe ? <Tag ton="garance">En retard</Tag> : <Tag ton="laiton">À signer</Tag>;
}

function Suite({ page: p, d }: { page: Props; d: Decision | undefined }) {
  if (!d) return null;
  return (
    <>
      <a className="govuk-link" href={`/decisions/${d.id}`}>
        {d.libelle.replace(/\.$/, '')}
      </a>
      , {p.salle.cat.nomActeurA(d.responsableId, d.territoireId)}
      {d.echeance && `, pour le ${jour(d.echeance)}`} <Tag ton={estEnRetard(d, p.aujourdhui) ? 'garance' : 'neutre'}>{direEtat(d, p.aujourdhui)}</Tag>
    </>
  );
}

const optionsDe = (reste: readonly Temps[]) => reste.map((t) => ({ valeur: t, libelle: capitale(TEMPS[t]) }));

function Ajouter({ salle: k, champs, erreurs, formulaire, choix, reste }: Props & { reste: readonly Temps[] }) {
  const f = formulaire === 'constat' ? champ(champs, erreurs) : champ({}, []);
  const natures = (Object.keys(NATURES_DE_CONSTAT) as (keyof typeof NATURES_DE_CONSTAT)[]).filter((n) => n === 'fort' || k.conduit);
  return (
    <Section titre="Ajouter un constat">
      <Form action={`/crises/${k.crise.id}/retex/constats`}>
        <Radios {...f('temps', reste[0] ?? '')} legende="Quand" enLigne petit options={optionsDe(reste)} />
        <Textarea {...f('texte')} libelle="Constat" lignes={2} max={1000} aide="Sans nom de personne." />
        <Radios
          {...f('nature', natures.length === 1 ? 'fort' : '')}
          legende="Nature"
          options={natures.map((valeur) => ({
            valeur,
            libelle: NATURES_DE_CONSTAT[valeur],
            ...(valeur === 'ameliorer'
              ? {
                  contenu: (
                    <>
                      <Textarea {...f('decision')} libelle="Ce qui est décidé" lignes={2} max={2000} />
                      <Select {...f('responsable')} libelle="Qui en est chargé" vide="choisir" options={choix} />
                      <DateInput {...f('echeance')} libelle="Échéance" />
                      <Select {...f('fiche')} libelle="Fiche du contrat" facultatif vide="aucune" options={optionsDeFiches(k.cat)} />
                    </>
                  ),
                }
              : {}),
          }))}
        />
        {formulaire === 'constat' && <ConfirmerNoms erreurs={erreurs} />}
        <Button>Ajouter</Button>
      </Form>
    </Section>
  );
}

/** Only what may be signed today is offered; what comes later says when. */
function Signer({ salle: k, champs, erreurs, formulaire, reste, aujourdhui, signes, froidDes }: Props & { reste: readonly Temps[] }) {
  const close = k.crise.closeLe ? isoDuMoment(k.crise.closeLe) : aujourdhui;
  const chaud = signes.find((s) => s.temps === 'chaud')?.tenuLe ?? null;
  const refus = new Map(reste.map((temps) => [temps, refusDuTemps(temps, { tenuLe: aujourdhui, close, chaud, froidDes })]));
  const signables = reste.filter((t) => refus.get(t) === null);
  const plusTard = refus.get('froid');
  const f = formulaire === 'signature' ? champ(champs, erreurs, 'signer-') : champ({}, [], 'signer-');
  return (
    <Section titre="Signer">
      {plusTard && <p className="govuk-body">À froid : {plusTard.charAt(0).toLowerCase() + plusTard.slice(1)}</p>}
      {signables.length > 0 && (
        <Form action={`/crises/${k.crise.id}/retex`}>
          <Select {...f('temps', signables[0] ?? '')} libelle="Quel temps" options={optionsDe(signables)} />
          <DateInput {...f('tenu_le', aujourdhui)} libelle="Tenu le" />
          <TextInput {...f('participants')} libelle="Participants" inputMode="numeric" largeur={4} />
          <Textarea {...f('synthese')} libelle="Synthèse" lignes={4} max={6000} />
          {formulaire === 'signature' && <ConfirmerNoms erreurs={erreurs} />}
          <Button>Signer</Button>
        </Form>
      )}
    </Section>
  );
}
