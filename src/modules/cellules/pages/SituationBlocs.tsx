import type { ErreurDeChamp } from '../../../core/errors.ts';
import { Button } from '../../../ui/Button.tsx';
import { Checkboxes, Radios } from '../../../ui/Choices.tsx';
import { DateInput } from '../../../ui/DateInput.tsx';
import { Form } from '../../../ui/Form.tsx';
import { Section } from '../../../ui/PageHeader.tsx';
import { Select } from '../../../ui/Select.tsx';
import { Table } from '../../../ui/Table.tsx';
import { Tag } from '../../../ui/Tag.tsx';
import { enumerer, jour, jourDuMoment } from '../../../ui/typographie.ts';
import type { Vue } from '../cellules.contexte.ts';
import type { Charte } from '../charte/charte.schema.ts';
import type { Lue } from '../situations/contenu.ts';
import { articleDe, choixDe, direCode } from '../charte/charte.rules.ts';
import type { Information, Lecture, listHabilitations, Orientation, Situation } from '../situations/situations.queries.ts';

export interface PropsDeSituation {
  vue: Vue;
  charte: Charte;
  situation: Situation;
  lue: Lue;
  habilitations: Awaited<ReturnType<typeof listHabilitations>>;
  informations: readonly Information[];
  orientations: readonly Orientation[];
  lectures: readonly Lecture[];
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
      <Form action={`${p.chemin}/apporter`}>
        <Checkboxes
          nom="codes"
          legende={`Pour ${v.cat.nomActeur(v.moi?.organisationId ?? '')}`}
          options={options(choixDe(charte, 'apports', v.genre.code))}
          erreur={erreurDe(p, 'codes')}
        />
        <Button>Ajouter</Button>
      </Form>
    </Section>
  );
}

export function Informations(p: Props) {
  const { vue: v, charte } = p;
  const derniere = p.informations.at(-1);
  const retard = derniere?.avantLe && derniere.avantLe < v.aujourdhui;
  return (
    <Section titre="Information de la personne">
      {p.informations.length === 0 && (
        <p className="govuk-body">
          <Tag ton="laiton">À faire</Tag> Ni la personne, ni ses parents n’ont été informés.
        </p>
      )}
      <ul className="govuk-list">
        {p.informations.map((i) => (
          <li key={i.id}>
            {i.qui === 'parents' ? 'Parents' : 'Personne'} :{' '}
            {i.motif === null
              ? `informés le ${jour(i.le)}`
              : `différé le ${jour(i.le)}, ${direCode(charte, 'differes', i.motif)}, au plus tard le ${jour(i.avantLe ?? i.le)}`}
            , par {v.membres.find((m) => m.id === i.membreId)?.fonction}
          </li>
        ))}
      </ul>
      {retard && (
        <p className="govuk-body">
          <Tag ton="garance">En retard</Tag> La date limite est passée.
        </p>
      )}
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
        ]}
      />
      {p.situation.etat === 'examinee' || p.situation.etat === 'suivie' ? (
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

/** Who needs to know. */
export function Designes(p: Props) {
  const { vue: v } = p;
  const ici = new Set(p.habilitations.map((h) => h.membreId));
  const autres = v.membres.filter((m) => m.excluLe === null && !ici.has(m.id) && v.signatures.some((s) => s.membreId === m.id && s.empreinte === v.empreinte));
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
      {autres.length > 0 && (
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
