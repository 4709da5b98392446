/** One situation report: a draft to sign, or what was signed; the same on paper. */
import { Button } from '../../../../ui/Button.tsx';
import { Form } from '../../../../ui/Form.tsx';
import { Section } from '../../../../ui/PageHeader.tsx';
import { SummaryList } from '../../../../ui/SummaryList.tsx';
import { Table } from '../../../../ui/Table.tsx';
import { Textarea } from '../../../../ui/Textarea.tsx';
import type { ErreurDeChamp } from '../../../../ui/types.ts';
import { jourEtHeure, nombre, pluriel, surTotal } from '../../../../ui/typographie.ts';
import { ETATS_DE_CENTRE, genreDit } from '../../centres/pages/CentresPage.tsx';
import { ConfirmerNoms } from '../../conduite/CadreDeConduite.tsx';
import { champ, type Champs, type Salle } from '../../conduite/salle.ts';
import { ETATS_MOYEN } from '../../moyens/moyens.rules.ts';
import { ETATS_DE_SERVICE } from '../../continuite/continuite.rules.ts';
import { court, type Soutien } from '../../soutien.schema.ts';
import type { Entree } from '../../main-courante/main-courante.queries.ts';
import { Entrees, versEntree } from '../../pages/Entrees.tsx';
import type { Contenu } from '../contenu.ts';
import type { Point } from '../points.queries.ts';

interface Props {
  salle: Salle;
  soutien: Soutien;
  point: Point;
  /** Of it, from the oldest; the last ones where there are too many. */
  entrees: readonly Entree[];
  champs: Champs;
  erreurs: readonly ErreurDeChamp[];
}

export function PointPage({ salle: k, soutien, point: p, entrees, champs, erreurs }: Props) {
  const f = champ(champs, erreurs);
  const base = `/crises/${k.crise.id}/points/${p.id}`;
  const ecrit = k.ecrit && k.crise.etat !== 'archivee' && !p.signeLe;
  return (
    <>
      <SummaryList
        lignes={[
          { cle: 'Période', valeur: `du ${jourEtHeure(p.du)} au ${jourEtHeure(p.au)}` },
          {
            cle: 'Signature',
            valeur: p.signeLe
              ? `${p.signePar}${p.signeFonction ? `, ${p.signeFonction}` : ''}, le ${jourEtHeure(p.signeLe)}`
              : `pas encore signé, préparé par ${p.redigePar}`,
          },
          ...(p.signeLe ? [{ cle: 'Synthèse', valeur: p.synthese }] : []),
        ]}
      />
      {ecrit && (
        <div className="cr-gestes">
          <Form action={`${base}/refaire`}>
            <Button variante="secondaire">Refaire jusqu’à maintenant</Button>
          </Form>
        </div>
      )}
      {ecrit && k.conduit && (
        <Form action={`${base}/signer`} masques={{ version: String(p.version) }}>
          <Textarea {...f('synthese')} libelle="Synthèse" aide="Ce qu’il faut retenir. Sans nom de personne." lignes={4} max={4000} />
          <ConfirmerNoms erreurs={erreurs} />
          <Button>Signer</Button>
        </Form>
      )}
      <Corps contenu={p.contenu} salle={k} soutien={soutien} />
      <Ecrites salle={k} point={p} entrees={entrees} />
    </>
  );
}

function Corps({ contenu: t, salle: k, soutien }: { contenu: Contenu; salle: Salle; soutien: Soutien }) {
  const moyen = (code: string) => {
    const m = soutien.moyens.find((x) => x.code === code);
    return m ? court(m) : code;
  };
  const arrivees = (c: Contenu['centres'][number]) =>
    soutien.personnes.flatMap((x) => {
      const n = c.arrivees[x.code];
      return n && n.total > 0
        ? [`${x.libelle.toLowerCase()} ${nombre(n.total)}${n.nouvelles !== 0 ? ` (${n.nouvelles > 0 ? '+' : '−'}${nombre(Math.abs(n.nouvelles))})` : ''}`]
        : [];
    });
  const besoins = (c: Contenu['centres'][number]) =>
    soutien.besoins.flatMap((x) => ((c.besoins[x.code] ?? 0) > 0 ? [`${x.libelle.toLowerCase()} ${nombre(c.besoins[x.code] ?? 0)}`] : []));
  return (
    <>
      <Section titre="Centres">
        <Table
          legende="Centres"
          legendeMasquee
          lignes={t.centres}
          cle={(c) => `${c.genre}-${c.nom}`}
          vide={<p className="govuk-body">Aucun centre.</p>}
          colonnes={[
            { cle: 'nom', titre: 'Centre', entete: true, cellule: (c) => `${genreDit(soutien, c.genre)}, ${c.nom}` },
            { cle: 'etat', titre: 'État', cellule: (c) => ETATS_DE_CENTRE[c.etat].libelle },
            { cle: 'presents', titre: 'Présents', numerique: true, cellule: (c) => surTotal(c.presentes, c.capacite) },
            { cle: 'qui', titre: 'Arrivées (depuis le point d’avant)', cellule: (c) => arrivees(c).join(', ') || 'aucune' },
            { cle: 'besoins', titre: 'Besoins', cellule: (c) => besoins(c).join(', ') || 'aucun compté' },
          ]}
        />
      </Section>
      <Section titre="Moyens">
        <Table
          legende="Moyens"
          legendeMasquee
          lignes={t.moyens}
          cle={(m) => String(m.numero)}
          vide={<p className="govuk-body">Aucun moyen demandé.</p>}
          colonnes={[
            { cle: 'moyen', titre: 'Moyen', entete: true, cellule: (m) => `${m.nombre} × ${moyen(m.moyen)}` },
            { cle: 'lieu', titre: 'Où', cellule: (m) => m.lieu },
            { cle: 'etat', titre: 'État', cellule: (m) => ETATS_MOYEN[m.etat].libelle },
          ]}
        />
      </Section>
      <Section titre="Services qui ne sont pas à l’état normal">
        <Table
          legende="Services"
          legendeMasquee
          lignes={t.services}
          cle={(s) => `${s.service}-${s.territoireId}-${s.lieu}`}
          vide={<p className="govuk-body">Aucun n’a été dit.</p>}
          colonnes={[
            { cle: 'service', titre: 'Service', entete: true, cellule: (s) => soutien.services.find((x) => x.code === s.service)?.libelle ?? s.service },
            { cle: 'lieu', titre: 'Où', cellule: (s) => [s.lieu, k.cat.territoires.get(s.territoireId)?.nom ?? s.territoireId].filter(Boolean).join(', ') },
            { cle: 'etat', titre: 'État', cellule: (s) => ETATS_DE_SERVICE[s.etat].libelle },
            { cle: 'depuis', titre: 'Depuis', cellule: (s) => jourEtHeure(s.depuis) },
            {
              cle: 'dit',
              titre: 'Dit par',
              cellule: (s) => `${k.cat.nomActeurA(s.ditPar, s.territoireId)}${s.noteDe ? `, noté par ${k.cat.nomActeur(s.noteDe)}` : ''}`,
            },
          ]}
        />
      </Section>
    </>
  );
}

/** Entries as the main courante showed them when the report was made: what was corrected is struck out beside what corrects it. */
function Ecrites({ salle: k, point: p, entrees }: Pick<Props, 'salle' | 'point' | 'entrees'>) {
  const total = p.auNumero - p.duNumero;
  if (total > 0 && entrees.length === 0)
    return (
      <Section titre="Main courante de la période">
        <p className="govuk-body">Ses entrées ont été effacées à la fin de leur conservation.</p>
      </Section>
    );
  return (
    <Section titre="Main courante de la période">
      {total > 0 && (
        <p className="govuk-body">
          {total > entrees.length
            ? `Les ${nombre(entrees.length)} dernières entrées sur ${nombre(total)}. Toutes se lisent`
            : `${pluriel(total, 'entrée')}, à lire aussi`}{' '}
          dans{' '}
          <a className="govuk-link" href={versEntree(k.crise.id, p.duNumero + 1)}>
            la main courante
          </a>
          , du n° {p.duNumero + 1} au n° {p.auNumero}.
        </p>
      )}
      <Entrees k={k} entrees={entrees} jour={null} legende="Main courante de la période" />
    </Section>
  );
}
