import { Pagination } from '../../../../ui/Pagination.tsx';
import { Button } from '../../../../ui/Button.tsx';
import { Details } from '../../../../ui/Details.tsx';
import { EmptyState } from '../../../../ui/EmptyState.tsx';
import { Form } from '../../../../ui/Form.tsx';
import { Section } from '../../../../ui/PageHeader.tsx';
import { Table } from '../../../../ui/Table.tsx';
import { Textarea } from '../../../../ui/Textarea.tsx';
import { TextInput } from '../../../../ui/TextInput.tsx';
import { jourCourt, pluriel } from '../../../../ui/typographie.ts';
import { erreurDe } from '../../../../ui/types.ts';
import { QUALITES } from '../../instances.rules.ts';
import type { Demande } from '../demandes.queries.ts';
import type { MembreListe as Membre } from '../instance.queries.ts';
import type { InstancePageProps } from './instance.modele.ts';

const ETATS_DEMANDE = { ouverte: 'à inscrire', inscrite: 'inscrite à l’ordre du jour', ecartee: 'écartée' } as const;

export function Demandes(p: InstancePageProps) {
  const { instance: i } = p;
  return (
    <Section titre="Points demandés" id="demandes">
      <Table
        legende="Demandes, les ouvertes d’abord"
        legendeMasquee
        lignes={p.demandes.lignes}
        cle={(d) => d.id}
        dense
        vide={<EmptyState titre="Aucune demande">Un point que vous proposez ici sera offert à la préparation de la prochaine séance.</EmptyState>}
        colonnes={[
          {
            cle: 'titre',
            titre: 'Point',
            entete: true,
            cellule: (d) => (
              <>
                {d.titre}
                {d.expose && <span className="c-note"> {d.expose}</span>}
              </>
            ),
          },
          {
            cle: 'qui',
            titre: 'Demandé par',
            cellule: (d) => `${d.habitant ? 'Contribution d’un habitant, acceptée par ' : ''}${d.auteur} (${p.catalogue.nomActeur(d.organisationId)})`,
          },
          { cle: 'etat', titre: 'État', cellule: (d) => `${ETATS_DEMANDE[d.etat]}${d.reponse ? ` : ${d.reponse}` : ''}` },
          ...(p.tient
            ? [
                {
                  cle: 'acte',
                  titre: 'Écarter',
                  cellule: (d: Demande) =>
                    d.etat === 'ouverte' ? (
                      <Details resume="Écarter" ouvert={p.champs.demande === d.id}>
                        <Form action={`/instances/${i.id}/demandes/${d.id}/ecarter`}>
                          <TextInput
                            nom="reponse"
                            libelle={`Pourquoi écarter « ${d.titre} »`}
                            valeur={p.champs.demande === d.id ? (p.champs.reponse ?? '') : ''}
                            erreur={p.champs.demande === d.id ? erreurDe(p.erreurs, 'reponse') : undefined}
                          />
                          <Button variante="secondaire" petit>
                            Écarter
                          </Button>
                        </Form>
                      </Details>
                    ) : (
                      ''
                    ),
                },
              ]
            : []),
        ]}
      />
      {p.demandes.pages && <Pagination {...p.demandes.pages} objet="demande" />}
      <Details resume="Proposer un point" ouvert={p.erreurs.some((e) => e.champ === 'titre' || e.champ === 'expose')}>
        <Form action={`/instances/${i.id}/demandes`}>
          <TextInput nom="titre" libelle="Le point" valeur={p.champs.titre ?? ''} erreur={erreurDe(p.erreurs, 'titre')} />
          <Textarea
            nom="expose"
            libelle="Ce qu’il faut savoir"
            facultatif
            lignes={3}
            max={4000}
            valeur={p.champs.expose ?? ''}
            erreur={erreurDe(p.erreurs, 'expose')}
          />
          <Button variante="secondaire">Proposer ce point</Button>
        </Form>
      </Details>
    </Section>
  );
}

/** Who left while the seat is still in their name; `instanceId`: of who keeps the body, and names somebody else. */
function Parti({ membre: m, instanceId }: { membre: Membre; instanceId: string | null }) {
  return (
    <>
      {m.nom || m.suppleantNom} (compte fermé){' '}
      {instanceId && (
        <a className="govuk-link" href={`/instances/${instanceId}/membres/${m.id}#nom`}>
          Désigner<span className="govuk-visually-hidden"> : {m.fonction}</span>
        </a>
      )}
    </>
  );
}

export function Membres(p: InstancePageProps) {
  const { instance: i, catalogue } = p;
  const actuels = p.membres.filter((m) => m.debut <= p.aujourdhui && (m.fin === null || m.fin >= p.aujourdhui));
  const remplie = (m: Membre) => m.roleReferents !== '' && m.referentId === null && actuels.some((x) => x.referentId && x.roleReferents === m.roleReferents);
  const vacants = actuels.filter((m) => !remplie(m) && m.nom === '' && m.courriel === '' && m.suppleantNom === '' && m.suppleantCourriel === '').length;
  const partis = actuels.filter((m) => m.parti).length;
  const autres = p.membres.filter((m) => !actuels.includes(m));
  const colonnes = [
    {
      cle: 'fonction',
      titre: 'Fonction',
      entete: true,
      cellule: (m: Membre) =>
        p.tient ? (
          <a className="govuk-link" href={`/instances/${i.id}/membres/${m.id}`}>
            {m.fonction}
          </a>
        ) : (
          m.fonction
        ),
    },
    { cle: 'organisation', titre: 'Organisation', cellule: (m: Membre) => catalogue.nomActeurA(m.organisationId, i.territoireId) },
    { cle: 'qualite', titre: 'Place', cellule: (m: Membre) => QUALITES[m.qualite] },
    // Names of persons are for people at work, never for the public page.
    ...(p.lit
      ? [
          {
            cle: 'nom',
            titre: 'Personne',
            cellule: (m: Membre) =>
              (m.parti && actuels.includes(m) ? <Parti membre={m} instanceId={p.tient ? i.id : null} /> : m.nom) ||
              (m.roleReferents !== '' ? (
                <a className="govuk-link" href={`/annuaire/referents?role=${m.roleReferents}`}>
                  {remplie(m) ? 'ses référents, ci-dessous' : 'aucun référent en fonction'}
                  <span className="govuk-visually-hidden"> : {m.fonction}</span>
                </a>
              ) : p.tient ? (
                <a className="govuk-link" href={`/instances/${i.id}/membres/${m.id}#nom`}>
                  Désigner<span className="govuk-visually-hidden"> : {m.fonction}</span>
                </a>
              ) : (
                'à désigner'
              )),
          },
          { cle: 'suppleant', titre: 'Suppléant', cellule: (m: Membre) => m.suppleantNom },
        ]
      : []),
  ];
  return (
    <Section
      titre="Membres"
      id="membres"
      actions={
        p.tient ? (
          <a className="govuk-link" href={`/instances/${i.id}/membres/nouveau`}>
            Ajouter un membre
          </a>
        ) : undefined
      }
    >
      {p.lit && vacants > 0 && <p className="govuk-body">{pluriel(vacants, 'siège')} à pourvoir.</p>}
      {p.lit && partis > 0 && <p className="govuk-body">{pluriel(partis, 'siège')} dont le compte est fermé : personne n’y reçoit plus rien.</p>}
      <Table
        legende={pluriel(actuels.length, 'siège')}
        lignes={actuels}
        cle={(m) => m.id}
        dense
        colonnes={colonnes}
        vide={
          <EmptyState titre="Aucun membre" actions={p.tient ? [{ libelle: 'Ajouter un membre', href: `/instances/${i.id}/membres/nouveau` }] : []}>
            Ajoutez au moins la présidence et le secrétariat : ce sont eux que Concorde convoque.
          </EmptyState>
        }
      />
      {/* Who sat before was named to those who sat and kept it. */}
      {p.demande && autres.length > 0 && (
        <Details resume={pluriel(autres.length, 'siège passé ou à venir', 'sièges passés ou à venir')}>
          <Table
            legende="Sièges passés ou à venir"
            legendeMasquee
            lignes={autres}
            cle={(m) => m.id}
            dense
            colonnes={[...colonnes, { cle: 'dates', titre: 'Dates', cellule: (m) => `${jourCourt(m.debut)}${m.fin ? ` au ${jourCourt(m.fin)}` : ''}` }]}
          />
        </Details>
      )}
    </Section>
  );
}
