import { Pagination } from '../../../ui/Pagination.tsx';
import type { EnPages } from '../../../core/http/list-page.ts';
import type { ErreurDeChamp } from '../../../core/errors.ts';
import { Button, LinkButton } from '../../../ui/Button.tsx';
import { Checkbox, Radios } from '../../../ui/Choices.tsx';
import { DateInput } from '../../../ui/DateInput.tsx';
import { ErrorSummary } from '../../../ui/ErrorSummary.tsx';
import { Form } from '../../../ui/Form.tsx';
import { PageHeader, Section } from '../../../ui/PageHeader.tsx';
import { Select } from '../../../ui/Select.tsx';
import { Table } from '../../../ui/Table.tsx';
import { Tag } from '../../../ui/Tag.tsx';
import { TextInput } from '../../../ui/TextInput.tsx';
import { jour } from '../../../ui/typographie.ts';
import type { Vue } from '../cellules.contexte.ts';
import { articleDe, choixDe, direMotif } from '../charte/charte.rules.ts';
import type { Charte } from '../charte/charte.schema.ts';
import type { DemandeLue } from '../droits/droits.queries.ts';
import { DROITS, meneALaFin } from '../droits/droits.rules.ts';
import type { Situation } from '../situations/situations.queries.ts';

interface Props {
  vue: Vue;
  charte: Charte;
  /** Null: of the whole cell, read by number. */
  situation: Situation | null;
  demandes: EnPages<DemandeLue>;
  champs: Readonly<Record<string, string>>;
  erreurs: readonly ErreurDeChamp[];
}
const QUI = { personne: 'La personne', parents: 'Ses parents' } as const;

export function DemandesPage(p: Props) {
  const { vue: v, charte, situation: s } = p;
  const chemin = s ? `/cellules/${v.cellule.id}/situations/${s.id}` : '';
  const erreur = (nom: string) => p.erreurs.find((e) => e.champ === nom)?.message;
  const etat = (d: DemandeLue) => {
    if (d.reponse === 'accueillie')
      return (
        <>
          <Tag ton="vert">Accueillie le {jour(d.repondueLe ?? d.recueLe)}</Tag> {meneALaFin(d) && d.vivante && <Tag ton="garance">Pas encore détruite</Tag>}
        </>
      );
    if (d.reponse === 'refusee')
      return (
        <>
          <Tag>Refusée le {jour(d.repondueLe ?? d.recueLe)}</Tag> {direMotif(charte, d.motif ?? '')}
        </>
      );
    return d.avantLe < v.aujourdhui ? <Tag ton="garance">En retard depuis le {jour(d.avantLe)}</Tag> : <Tag ton="bleu">Réponse due le {jour(d.avantLe)}</Tag>;
  };
  return (
    <>
      <ErrorSummary erreurs={p.erreurs} />
      <PageHeader
        titre={s ? 'Droits de la personne' : 'Demandes des personnes'}
        surtitre={s ? `Situation n° ${s.numero}` : v.nom}
        chapo="Une réponse est due dans le mois. La demande elle-même et la lettre se gardent hors de Concorde."
      />
      <Table
        legende="Demandes"
        legendeMasquee
        lignes={p.demandes.lignes}
        cle={(d) => d.id}
        vide={<p className="govuk-body">Aucune demande.</p>}
        colonnes={[
          { cle: 'droit', titre: 'Demande', entete: true, cellule: (d) => `${DROITS[d.droit].libelle} (${DROITS[d.droit].article})` },
          ...(s ? [] : [{ cle: 'situation', titre: 'Situation', cellule: (d: DemandeLue) => `n° ${d.numero}` }]),
          { cle: 'qui', titre: 'De', cellule: (d) => QUI[d.qui] },
          { cle: 'recue', titre: 'Reçue', cellule: (d) => jour(d.recueLe) },
          { cle: 'etat', titre: 'Réponse', cellule: (d) => (d.prolongee && d.reponse === null ? <>{etat(d)} délai prolongé</> : etat(d)) },
        ]}
      />
      {p.demandes.pages && <Pagination {...p.demandes.pages} objet="demande" />}
      {s &&
        p.demandes.lignes
          .filter((d) => d.reponse === null)
          .map((d) => (
            <Section key={d.id} titre={`Répondre : ${DROITS[d.droit].libelle.toLowerCase()}`}>
              <Form action={`${chemin}/droits/${d.id}/repondre`}>
                <Select
                  nom="reponse"
                  id={`reponse-${d.id}`}
                  libelle="Réponse"
                  vide="Choisir"
                  erreur={erreur(`reponse-${d.id}`)}
                  options={[
                    { valeur: 'accueillie', libelle: 'Accueillie' },
                    { valeur: 'refusee', libelle: 'Refusée' },
                  ]}
                />
                <Select
                  nom="motif"
                  id={`motif-${d.id}`}
                  libelle="Fondement, pour un refus"
                  vide="Choisir"
                  erreur={erreur(`motif-${d.id}`)}
                  options={charte.refus.filter((r) => r.droits.includes(d.droit)).map((r) => ({ valeur: r.code, libelle: r.libelle }))}
                />
                <Button>Noter la réponse</Button>
              </Form>
              {!d.prolongee && d.avantLe >= v.aujourdhui && (
                <Form action={`${chemin}/droits/${d.id}/prolonger`}>
                  <Button variante="secondaire">Prolonger de deux mois, en le disant à la personne</Button>
                </Form>
              )}
            </Section>
          ))}
      {s && (
        <>
          <Section titre="Papiers">
            <p className="govuk-body">Faits à la demande, gardés nulle part. Le rapport porte ce qui est écrit de la personne : remettez-le en main propre.</p>
            <div className="govuk-button-group">
              <LinkButton href={`${chemin}/rapport/pdf`} variante="secondaire" telecharger>
                Ce qui est écrit, et qui l’a lu (PDF)
              </LinkButton>
              <LinkButton href={`${chemin}/rapport/docx`} variante="secondaire" telecharger>
                Le même (DOCX)
              </LinkButton>
              <LinkButton href={`${chemin}/notice/pdf`} variante="secondaire" telecharger>
                Notice d’information (PDF)
              </LinkButton>
              <LinkButton href={`${chemin}/notice/docx`} variante="secondaire" telecharger>
                La même (DOCX)
              </LinkButton>
            </div>
          </Section>
          <Section titre="Noter une demande">
            <Form action={`${chemin}/droits`}>
              <Radios
                nom="droit"
                legende="Ce qui est demandé"
                valeur={p.champs.droit ?? null}
                erreur={erreur('droit')}
                options={Object.entries(DROITS).map(([valeur, d]) => ({ valeur, libelle: d.libelle, aide: d.article }))}
              />
              <Radios
                nom="demandeur"
                legende="Par qui"
                enLigne
                valeur={p.champs.demandeur ?? null}
                erreur={erreur('demandeur')}
                options={Object.entries(QUI).map(([valeur, libelle]) => ({ valeur, libelle }))}
              />
              <DateInput nom="recueLe" libelle="Arrivée le" valeur={p.champs.recueLe ?? v.aujourdhui} erreur={erreur('recueLe')} />
              <Button>Noter la demande</Button>
            </Form>
          </Section>
        </>
      )}
    </>
  );
}

interface PropsRectifier {
  vue: Vue;
  charte: Charte;
  situation: Situation;
  champs: Readonly<Record<string, string>>;
  erreurs: readonly ErreurDeChamp[];
}
export function RectifierPage({ vue: v, charte, situation: s, champs, erreurs }: PropsRectifier) {
  const champ = (nom: string) => ({ nom, valeur: champs[nom] ?? '', erreur: erreurs.find((e) => e.champ === nom)?.message });
  const choix = (liste: 'origines' | 'difficultes') => choixDe(charte, liste, v.genre.code).map((x) => ({ valeur: x.code, libelle: x.libelle }));
  return (
    <>
      <ErrorSummary erreurs={erreurs} />
      <PageHeader titre="Corriger" surtitre={`Situation n° ${s.numero}`} chapo="Ce qui était écrit s’en va : rien n’en reste à côté de la correction." />
      <Form action={`/cellules/${v.cellule.id}/situations/${s.id}/rectifier`} masques={{ version: champs.version }}>
        <span className="govuk-hint">Charte, article {articleDe(charte, 'saisine')}</span>
        <Select {...champ('origine')} libelle="Origine" vide="Choisir" options={choix('origines')} />
        <Select {...champ('difficulte')} libelle="Difficulté" vide="Choisir" options={choix('difficultes')} />
        <span className="govuk-hint">Charte, article {articleDe(charte, 'identite')}</span>
        <Checkbox nom="identite" libelle="Garder une identité" aide="Décochée, l’identité s’en va." coche={champs.identite === 'oui'} />
        <TextInput {...champ('nom')} libelle="Nom" autoComplete="off" />
        <TextInput {...champ('prenom')} libelle="Prénom" autoComplete="off" />
        <TextInput {...champ('naissance')} libelle="Année et mois de naissance" autoComplete="off" aide="Par exemple 2010-05." largeur={10} />
        <Button>Corriger</Button>
      </Form>
    </>
  );
}
