import { Pagination } from '../../../ui/Pagination.tsx';
import type { EnPages } from '../../../core/http/list-page.ts';
import type { ErreurDeChamp } from '../../../core/errors.ts';
import { Button } from '../../../ui/Button.tsx';
import { Radios } from '../../../ui/Choices.tsx';
import { ErrorSummary } from '../../../ui/ErrorSummary.tsx';
import { Form } from '../../../ui/Form.tsx';
import { PageHeader, Section } from '../../../ui/PageHeader.tsx';
import { Select } from '../../../ui/Select.tsx';
import { Table } from '../../../ui/Table.tsx';
import { Tag } from '../../../ui/Tag.tsx';
import { TextInput } from '../../../ui/TextInput.tsx';
import { accorder, jourEtHeure } from '../../../ui/typographie.ts';
import type { AccesLu } from '../acces/acces.queries.ts';
import type { Vue } from '../cellules.contexte.ts';
import { direMotif } from '../charte/charte.rules.ts';
import type { Charte } from '../charte/charte.schema.ts';
import type { Situation } from '../situations/situations.queries.ts';

interface PropsMotif {
  vue: Vue;
  charte: Charte;
  situation: Situation;
  erreurs: readonly ErreurDeChamp[];
}
/** What is closed is in the intermediate archive: read with a reason, for a while. */
export function MotifPage({ vue: v, charte, situation: s, erreurs }: PropsMotif) {
  return (
    <>
      <ErrorSummary erreurs={erreurs} />
      <PageHeader
        titre={`Situation n° ${s.numero}, close`}
        surtitre={v.nom}
        chapo={`Ce qui est clos se relit avec un motif, pendant ${charte.archive.minutes} minutes. La lecture et le motif sont notés.`}
      />
      <span className="govuk-hint">Charte, article {charte.archive.article}</span>
      <Form action={`/cellules/${v.cellule.id}/situations/${s.id}/relire`}>
        <Radios
          nom="motif"
          legende="Pourquoi la relire ?"
          erreur={erreurs.find((e) => e.champ === 'motif')?.message}
          options={charte.archive.motifs.map((m) => ({ valeur: m.code, libelle: m.libelle }))}
        />
        <Button>Relire</Button>
      </Form>
    </>
  );
}

interface Props {
  vue: Vue;
  charte: Charte;
  acces: EnPages<AccesLu>;
  maintenant: Date;
  champs: Readonly<Record<string, string>>;
  erreurs: readonly ErreurDeChamp[];
}
export function SecoursPage(p: Props) {
  const { vue: v, charte, acces, maintenant } = p;
  const base = `/cellules/${v.cellule.id}`;
  const erreur = (nom: string) => p.erreurs.find((e) => e.champ === nom)?.message;
  const de = (id: string | null) => v.membres.find((m) => m.id === id);
  const attend = (a: AccesLu) => a.accordeLe === null && a.refuseLe === null && a.expireLe > maintenant;
  const revueAvant = (a: AccesLu) => new Date((a.accordeLe ?? a.demandeLe).getTime() + charte.secours.revue_heures * 3_600_000);
  const etat = (a: AccesLu) => {
    if (a.refuseLe) return <Tag>Refusée</Tag>;
    if (!a.accordeLe) return attend(a) ? <Tag ton="laiton">Attend un accord</Tag> : <Tag>Sans réponse</Tag>;
    if (a.expireLe > maintenant) return <Tag ton="vert">Ouverte jusqu’au {jourEtHeure(a.expireLe)}</Tag>;
    return <Tag>Finie</Tag>;
  };
  const revue = (a: AccesLu) => {
    if (!a.accordeLe) return 'Rien à revoir';
    if (a.avis) return <Tag ton={a.avis === 'fonde' ? 'vert' : 'garance'}>{a.avis === 'fonde' ? 'Fondée' : 'Non fondée'}</Tag>;
    if (!v.controle) return revueAvant(a) < maintenant ? <Tag ton="garance">En retard</Tag> : 'À revoir';
    return (
      <Form action={`${base}/secours/${a.id}/revoir`}>
        <Select
          nom="avis"
          id={`avis-${a.id}`}
          libelle={`Votre avis, avant le ${jourEtHeure(revueAvant(a))}`}
          vide="Choisir"
          erreur={erreur(`avis-${a.id}`)}
          options={[
            { valeur: 'fonde', libelle: 'Fondée' },
            { valeur: 'infonde', libelle: 'Non fondée' },
          ]}
        />
        <Button petit>Noter mon avis</Button>
      </Form>
    );
  };
  return (
    <>
      <ErrorSummary erreurs={p.erreurs} />
      <PageHeader
        titre="Lectures d’urgence"
        surtitre={v.nom}
        chapo={`Avec un motif et l’accord d’un membre d’une autre institution, pendant ${charte.secours.minutes} minutes. Le délégué à la protection des données les revoit sous ${charte.secours.revue_heures} heures.`}
      />
      <Table
        legende="Lectures d’urgence, la dernière d’abord"
        legendeMasquee
        lignes={acces.lignes}
        cle={(a) => a.id}
        vide={<p className="govuk-body">Aucune n’a été demandée.</p>}
        colonnes={[
          { cle: 'quand', titre: 'Demandée', entete: true, cellule: (a) => jourEtHeure(a.demandeLe) },
          { cle: 'situation', titre: 'Situation', cellule: (a) => `n° ${a.numero}` },
          { cle: 'qui', titre: 'Par', cellule: (a) => `${de(a.membreId)?.nom ?? 'Ancien membre'}, ${v.cat.nomActeur(de(a.membreId)?.organisationId ?? '')}` },
          { cle: 'motif', titre: 'Motif', cellule: (a) => direMotif(charte, a.motif) },
          {
            cle: 'etat',
            titre: 'Accord',
            cellule: (a) => (
              <>
                {etat(a)} {a.accordeLe && `${de(a.accordePar)?.nom ?? 'Ancien membre'}, ${a.lectures} ${accorder(a.lectures, 'lecture')}`}
                {v.moi && attend(a) && de(a.membreId)?.organisationId !== v.moi.organisationId && (
                  <div className="govuk-button-group">
                    <Form action={`${base}/secours/${a.id}/accorder`}>
                      <Button petit>Accorder</Button>
                    </Form>
                    <Form action={`${base}/secours/${a.id}/refuser`}>
                      <Button petit variante="secondaire">
                        Refuser
                      </Button>
                    </Form>
                  </div>
                )}
              </>
            ),
          },
          { cle: 'revue', titre: 'Revue', cellule: revue },
        ]}
      />
      {acces.pages && <Pagination {...acces.pages} objet="lecture d’urgence" objets="lectures d’urgence" />}
      {v.moi && (
        <Section titre="Demander une lecture d’urgence">
          <span className="govuk-hint">Charte, article {charte.secours.article}</span>
          <Form action={`${base}/secours/demander`}>
            <TextInput
              nom="numero"
              libelle="Numéro de la situation"
              aide="Chercher un nom donne son numéro."
              inputMode="numeric"
              largeur={5}
              valeur={p.champs.numero ?? ''}
              erreur={erreur('numero')}
            />
            <Radios
              nom="motif"
              legende="Motif"
              valeur={p.champs.motif ?? null}
              erreur={erreur('motif')}
              options={charte.secours.motifs.map((m) => ({ valeur: m.code, libelle: m.libelle }))}
            />
            <Button>Demander</Button>
          </Form>
        </Section>
      )}
    </>
  );
}
