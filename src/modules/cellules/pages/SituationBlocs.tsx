import type { ErreurDeChamp } from '../../../core/errors.ts';
import { Button } from '../../../ui/Button.tsx';
import { Checkboxes, Radios } from '../../../ui/Choices.tsx';
import { DateInput } from '../../../ui/DateInput.tsx';
import { Details } from '../../../ui/Details.tsx';
import { Form } from '../../../ui/Form.tsx';
import { Section } from '../../../ui/PageHeader.tsx';
import { Select } from '../../../ui/Select.tsx';
import { Table } from '../../../ui/Table.tsx';
import { Tag } from '../../../ui/Tag.tsx';
import { enumerer, jour, jourDuMoment } from '../../../ui/typographie.ts';
import { signataires, type Vue } from '../cellules.contexte.ts';
import { examenEnRetard } from '../acceleree/acceleree.rules.ts';
import type { Charte, Titre } from '../charte/charte.schema.ts';
import type { Demande } from '../droits/droits.queries.ts';
import type { Lue } from '../situations/contenu.ts';
import { articleDe, choixDe, direCode } from '../charte/charte.rules.ts';
import type { Information, LectureLue, listHabilitations, Orientation, Situation, Visee } from '../situations/situations.queries.ts';
import { etatDInformation, informationDepassee, informationEnRetard } from '../situations/situations.rules.ts';

export interface PropsDeSituation {
  vue: Vue;
  charte: Charte;
  situation: Visee;
  lue: Lue;
  habilitations: Awaited<ReturnType<typeof listHabilitations>>;
  informations: readonly Information[];
  orientations: readonly Orientation[];
  lectures: readonly LectureLue[];
  demandes: readonly Demande[];
  titre: Titre;
  champs: Readonly<Record<string, string>>;
  erreurs: readonly ErreurDeChamp[];
  /** To hand over, shown this once. */
  lien: string | null;
}
type Props = PropsDeSituation & { chemin: string };
const erreurDe = (p: Props, nom: string) => p.erreurs.find((e) => e.champ === nom)?.message;
const options = (liste: readonly { code: string; libelle: string }[]) => liste.map((x) => ({ valeur: x.code, libelle: x.libelle }));

/** What each institution said, under its name; it withdraws what is its own. */
export function Apports(p: Props) {
  const { vue: v, charte, lue } = p;
  return (
    <Section titre="Ce que chaque institution peut dire">
      <span className="govuk-hint">Charte, article {articleDe(charte, 'apport')}</span>
      {lue.apports.length === 0 && <p className="govuk-body">Rien encore.</p>}
      <ul className="govuk-list">
        {lue.apports.map((a) => (
          <li key={a.id}>
            <strong>{v.cat.nomActeur(a.organisationId)}</strong>, {jourDuMoment(a.le)} :{' '}
            {a.retireeLe ? `retiré le ${jourDuMoment(a.retireeLe)}.` : `${enumerer(a.codes.map((x) => direCode(charte, 'apports', x)))}.`}
            {!a.retireeLe && a.organisationId === v.moi?.organisationId && (
              <Form action={`${p.chemin}/retirer/${a.id}`}>
                <Button variante="secondaire" petit>
                  Retirer ce que nous avons dit
                </Button>
              </Form>
            )}
          </li>
        ))}
      </ul>
      {(p.titre === 'designe' || p.titre === 'present') && (
        <Form action={`${p.chemin}/apporter`}>
          <Checkboxes
            nom="codes"
            legende={`Pour ${v.cat.nomActeur(v.moi?.organisationId ?? '')}`}
            options={options(choixDe(charte, 'apports', v.genre.code))}
            erreur={erreurDe(p, 'codes')}
          />
          <Button>Ajouter</Button>
        </Form>
      )}
    </Section>
  );
}

export function Informations(p: Props) {
  const { vue: v, charte, situation: s } = p;
  const etats = etatDInformation(p.informations);
  const depassee = informationDepassee(p.informations, s, v.aujourdhui);
  return (
    <Section titre="Information de la personne">
      {!etats.some((e) => e.qui === s.aInformer && e.faiteLe !== null) && (
        <p className="govuk-body">
          {depassee ? <Tag ton="garance">En retard</Tag> : <Tag ton="laiton">À faire</Tag>}{' '}
          {s.aInformer === 'parents' ? 'Les parents sont à informer' : 'La personne est à informer'} avant le{' '}
          {jour(depassee ?? etats.find((e) => e.qui === s.aInformer)?.avantLe ?? s.informationAvant)}, ou la raison à dire. Rien ne se suit sans cela.
        </p>
      )}
      <ul className="govuk-list">
        {p.informations.map((i) => (
          <li key={i.id}>
            {i.qui === 'parents' ? 'Parents' : 'Personne'} :{' '}
            {i.avantLe === null
              ? `${i.qui === 'parents' ? 'informés' : 'informée'} le ${jour(i.le)}`
              : `différé le ${jour(i.le)}, ${direCode(charte, 'differes', p.lue.differes.get(i.id) ?? i.motif ?? '')}, au plus tard le ${jour(i.avantLe ?? i.le)}`}
            , par {v.membres.find((m) => m.id === i.membreId)?.fonction}
          </li>
        ))}
      </ul>
      {etats
        .filter((e) => e.qui !== s.aInformer && informationEnRetard(e, v.aujourdhui))
        .map((e) => (
          <p key={e.qui} className="govuk-body">
            <Tag ton="garance">En retard</Tag> {e.qui === 'parents' ? 'Les parents devaient' : 'La personne devait'} le savoir avant le{' '}
            {jour(e.avantLe ?? v.aujourdhui)}.
          </p>
        ))}
      {p.situation.designe && (
        <Form action={`${p.chemin}/informer`}>
          <Radios
            nom="qui"
            legende="Qui ?"
            enLigne
            valeur={p.champs.qui ?? null}
            erreur={erreurDe(p, 'qui')}
            options={[
              { valeur: 'personne', libelle: 'La personne' },
              { valeur: 'parents', libelle: 'Ses parents' },
            ]}
          />
          <Radios
            nom="etat"
            legende="Informée ?"
            valeur={p.champs.le === undefined ? null : (p.champs.etat ?? null)}
            erreur={erreurDe(p, 'etat')}
            options={[
              { valeur: 'faite', libelle: 'Informée', contenu: <DateInput nom="le" libelle="Le" valeur={p.champs.le ?? ''} erreur={erreurDe(p, 'le')} /> },
              {
                valeur: 'differee',
                libelle: 'Différé',
                contenu: (
                  <Select
                    nom="motif"
                    libelle="Raison"
                    vide="Choisir"
                    valeur={p.champs.motif ?? ''}
                    erreur={erreurDe(p, 'motif')}
                    options={options(choixDe(charte, 'differes', v.genre.code))}
                  />
                ),
              },
            ]}
          />
          <Button>Noter</Button>
        </Form>
      )}
    </Section>
  );
}

export function Orientations(p: Props) {
  const { vue: v, charte } = p;
  const attente = (o: Orientation) => {
    if (o.issue) return <Tag ton="vert">{`${direCode(charte, 'issues', o.issue)}, ${jour(o.issueLe ?? o.faiteLe)}`}</Tag>;
    const limite = o.accuseLe ? o.issueAvant : o.accuseAvant;
    const quoi = o.accuseLe ? 'Issue' : 'Accusé';
    return limite < v.aujourdhui ? (
      <Tag ton="garance">{`${quoi} en retard depuis le ${jour(limite)}`}</Tag>
    ) : (
      <Tag ton="bleu">{`${quoi} attendu avant le ${jour(limite)}`}</Tag>
    );
  };
  return (
    <Section titre="Orientations">
      <Table
        legende="Orientations"
        legendeMasquee
        lignes={p.orientations}
        cle={(o) => o.id}
        vide={<p className="govuk-body">Aucune encore.</p>}
        colonnes={[
          { cle: 'genre', titre: 'Vers', entete: true, cellule: (o) => direCode(charte, 'orientations', o.genre) },
          { cle: 'le', titre: 'Décidée', cellule: (o) => jour(o.faiteLe) },
          { cle: 'accuse', titre: 'Prise en charge', cellule: (o) => (o.accuseLe ? jour(o.accuseLe) : 'Pas encore') },
          { cle: 'suite', titre: 'Suite', cellule: attente },
          ...(p.situation.designe
            ? [{ cle: 'geste', titre: 'Gestes', titreMasque: true, cellule: (o: Orientation) => (o.issue ? null : <Suivre {...p} orientation={o} />) }]
            : []),
        ]}
      />
      {!p.situation.designe ? null : p.situation.etat === 'examinee' || p.situation.etat === 'suivie' ? (
        <Form action={`${p.chemin}/orienter`}>
          <Select
            nom="orientation"
            libelle="Orienter vers"
            vide="Choisir"
            erreur={erreurDe(p, 'orientation')}
            options={options(choixDe(charte, 'orientations', v.genre.code))}
          />
          <Button>Décider cette orientation</Button>
        </Form>
      ) : (
        <p className="govuk-body">Une orientation se décide quand la situation a été examinée.</p>
      )}
    </Section>
  );
}

/** An answer that came by another way, or a link that was lost. */
function Suivre({ orientation: o, ...p }: Props & { orientation: Orientation }) {
  const { vue: v, charte } = p;
  const reponse = `reponse-${o.id}`;
  return (
    <Details resume="Répondu autrement, ou lien perdu" ouvert={erreurDe(p, reponse) !== undefined}>
      <Form action={`${p.chemin}/orientations/${o.id}/noter`}>
        <Select
          nom="reponse"
          id={reponse}
          libelle="Réponse reçue"
          vide="Choisir"
          erreur={erreurDe(p, reponse)}
          options={[...(o.accuseLe ? [] : [{ valeur: 'accuse', libelle: 'Prise en charge confirmée' }]), ...options(choixDe(charte, 'issues', v.genre.code))]}
        />
        <Button petit>Noter la réponse</Button>
      </Form>
      <Form action={`${p.chemin}/orientations/${o.id}/relier`}>
        <Button petit variante="secondaire">
          Faire un autre lien
        </Button>
      </Form>
    </Details>
  );
}

/** Who needs to know. */
export function Designes(p: Props) {
  const { vue: v } = p;
  const ici = new Set(p.habilitations.map((h) => h.membreId));
  const autres = signataires(v).filter((m) => !ici.has(m.id));
  return (
    <Section titre="Membres désignés">
      <ul className="govuk-list govuk-list--bullet">
        {v.membres
          .filter((m) => ici.has(m.id))
          .map((m) => (
            <li key={m.id}>
              {m.nom}, {m.fonction}, {v.cat.nomActeur(m.organisationId)}
            </li>
          ))}
      </ul>
      {p.situation.designe && autres.length > 0 && (
        <Form action={`${p.chemin}/designer`}>
          <Select
            nom="membre"
            libelle="Désigner un membre qui a besoin de savoir"
            vide="Choisir"
            erreur={erreurDe(p, 'membre')}
            options={autres.map((m) => ({ valeur: m.id, libelle: `${m.nom}, ${v.cat.nomActeur(m.organisationId)}` }))}
          />
          <Button variante="secondaire">Désigner</Button>
        </Form>
      )}
    </Section>
  );
}

/** Entered by the accelerated way: by when it is examined; nothing once it was. */
export function Examen({ situation: s, aujourdhui }: { situation: Pick<Situation, 'etat' | 'examenAvant'>; aujourdhui: string }) {
  if (s.examenAvant === null || (s.etat !== 'recue' && s.etat !== 'recevable')) return null;
  return examenEnRetard(s, aujourdhui) ? (
    <Tag ton="garance">{`Examen en retard depuis le ${jour(s.examenAvant)}`}</Tag>
  ) : (
    <Tag ton="laiton">{`À examiner avant le ${jour(s.examenAvant)}`}</Tag>
  );
}
