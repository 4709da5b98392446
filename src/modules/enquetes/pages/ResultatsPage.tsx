import { EmptyState } from '../../../ui/EmptyState.tsx';
import { InsetText } from '../../../ui/InsetText.tsx';
import { PageHeader, Section } from '../../../ui/PageHeader.tsx';
import { SummaryList } from '../../../ui/SummaryList.tsx';
import { Table } from '../../../ui/Table.tsx';
import { Tag } from '../../../ui/Tag.tsx';
import { enumerer, FINE, formatPeriode, jour, nombre, pluriel } from '../../../ui/typographie.ts';
import type { Catalogue } from '../../contrats/index.ts';
import { direMesure, direReponses, pourcent, sansMarge } from '../resultats/dire.rules.ts';
import type { Depouille, LigneDeResultat, ParStrate, ResultatDeQuestion } from '../resultats/resultats.rules.ts';
import type { Intervalle } from '../resultats/statistiques.rules.ts';
import type { Vague } from '../vagues/vagues.queries.ts';
import { type Figure, publicationDe, RETIREE, TIRAGES } from '../vagues/vagues.rules.ts';

interface Props {
  vague: Vague;
  catalogue: Catalogue;
  depouille: Depouille;
  figures: readonly Figure[];
}

/** What a closed wave says: for everyone once one of its figures is validated. */
export function ResultatsPage({ vague: v, catalogue, depouille: d, figures }: Props) {
  const e = v.definition;
  const assez = v.reponses >= e.seuil;
  const publication = publicationDe(figures);
  return (
    <>
      <PageHeader
        titre={e.titre.fr}
        surtitre={`Enquête, ${formatPeriode(v.periode)}`}
        chapo={e.objet.fr}
        etiquette={publication === 'publiee' ? undefined : <Tag ton="laiton">{publication === 'a-valider' ? 'Pas encore validé' : 'Non publié'}</Tag>}
      />
      {(publication === 'secrete' || publication === 'remplacee') && <InsetText>{RETIREE[publication]}</InsetText>}
      {d.mesures.map(
        (m) =>
          m && (
            <InsetText key={m.resultat.mesure}>
              {direMesure(v, m, d)}{' '}
              <a className="govuk-link" href={`/chiffres/${m.resultat.mesure}?periode=${v.periode}`}>
                Le chiffre {m.resultat.mesure}
              </a>
            </InsetText>
          ),
      )}
      <SummaryList
        lignes={[
          { cle: 'Menée pour', valeur: `${catalogue.nomActeur(v.debiteur)}, ${catalogue.territoires.get(v.territoireId)?.nom ?? ''}` },
          { cle: 'Réponses', valeur: direReponses(v) },
          {
            cle: 'Recueillies',
            valeur: `du ${jour(v.debut)} au ${jour(v.fin)}, ${v.acces === 'ouvert' ? 'par un lien ouvert à tous' : 'sur invitation, une réponse par personne'}`,
          },
          { cle: 'Personnes', valeur: TIRAGES[v.tirage] },
          { cle: 'Échantillon', valeur: e.echantillon.fr },
          {
            cle: 'Marge d’erreur',
            valeur: v.tirage === 'aleatoire' ? 'À 95 %, par l’intervalle de Wilson ; une réponse redressée compte pour ce qu’elle apprend.' : sansMarge(v),
          },
          ...(e.strates
            ? [
                {
                  cle: 'Redressement',
                  valeur: `Selon « ${e.strates.question} », chaque part à son poids dans la population (${e.strates.source}).${
                    d.stratesVides.length > 0 ? ` Sans réponse, donc hors du calcul${FINE}: ${enumerer(d.stratesVides.map((s) => s.fr))}.` : ''
                  }${d.questions.some((q) => q.strateMince) ? ` Là où une part a moins de ${e.seuil_strate} réponses, rien n’est redressé ni assorti d’une marge.` : ''}`,
                },
              ]
            : []),
          {
            cle: 'Secret',
            valeur: `Seuls des comptes sont gardés et, à part, ce qui est écrit librement. Moins de ${e.seuil} réponses à une question : rien n’en est dit.`,
          },
        ]}
      />
      {assez ? (
        <>
          {d.questions.map((q) => (
            <Resultat key={q.question.code} q={q} v={v} />
          ))}
          <p className="govuk-body">
            <a className="govuk-link" href={`/enquetes/vagues/${v.id}/resultats.csv`}>
              Télécharger ces comptes (CSV)
            </a>
          </p>
        </>
      ) : (
        <EmptyState titre="Trop peu de réponses pour un résultat">
          {pluriel(v.reponses, 'personne a répondu', 'personnes ont répondu')}. Il en faut {e.seuil} au moins : en deçà, un pourcentage ne dirait rien de fiable
          et pourrait désigner quelqu’un.
        </EmptyState>
      )}
    </>
  );
}

const marge = (i: Intervalle | null): string => (i ? `${pourcent(i.bas)} à ${pourcent(i.haut)}` : '');
function direEffectifs(q: ResultatDeQuestion): string {
  const dits = [pluriel(q.repondu, 'réponse')];
  if (q.sans > 0) dits.push(`${nombre(q.sans)} sans réponse`);
  if (q.pasPosee > 0) dits.push(`question non posée à ${pluriel(q.pasPosee, 'personne')}`);
  return `${dits.join(', ')}.`;
}

function Resultat({ q, v }: { q: ResultatDeQuestion; v: Vague }) {
  if (q.question.type === 'texte')
    return (
      <Section titre={q.question.libelle.fr}>
        <p className="govuk-body">Réponses écrites, que l’on ne publie pas.</p>
      </Section>
    );
  if (q.tropPeu)
    return (
      <Section titre={q.question.libelle.fr}>
        <p className="govuk-body">Moins de {v.definition.seuil} personnes ont répondu à cette question : il n’en est rien dit.</p>
      </Section>
    );
  const redresse = q.lignes.some((l) => l.redressee !== null);
  const marges = q.lignes.some((l) => l.intervalle !== null);
  return (
    <Section titre={q.question.libelle.fr}>
      <p className="govuk-body">
        {direEffectifs(q)}
        {q.question.type === 'plusieurs' && ' Plusieurs réponses étaient possibles : les parts ne font pas 100 %.'}
      </p>
      {q.moyenne && (
        <p className="govuk-body">
          Moyenne : {nombre(q.moyenne.redressee ?? q.moyenne.valeur, 2)}
          {q.moyenne.redressee !== null && ` redressée (${nombre(q.moyenne.valeur, 2)} sans redressement)`} ; médiane : {nombre(q.moyenne.mediane, 1)}
          {q.moyenne.intervalle && ` ; marge à 95 % de la moyenne : de ${nombre(q.moyenne.intervalle.bas, 2)} à ${nombre(q.moyenne.intervalle.haut, 2)}`}.
        </p>
      )}
      {q.lignes.length > 0 && (
        <Table<LigneDeResultat>
          legende={q.question.libelle.fr}
          legendeMasquee
          cle={(l) => l.code}
          lignes={q.lignes}
          colonnes={[
            { cle: 'reponse', titre: 'Réponse', entete: true, cellule: (l) => l.libelle.fr },
            { cle: 'nombre', titre: 'Nombre', numerique: true, cellule: (l) => nombre(l.nombre) },
            { cle: 'part', titre: 'Part', numerique: true, cellule: (l) => pourcent(l.part) },
            ...(redresse
              ? [
                  {
                    cle: 'redressee',
                    titre: 'Part redressée',
                    numerique: true,
                    cellule: (l: LigneDeResultat) => (l.redressee === null ? '' : pourcent(l.redressee)),
                  },
                ]
              : []),
            ...(marges ? [{ cle: 'marge', titre: 'Marge à 95 %', numerique: true, cellule: (l: LigneDeResultat) => marge(l.intervalle) }] : []),
          ]}
        />
      )}
      <Strates q={q} v={v} />
    </Section>
  );
}

function Strates({ q, v }: { q: ResultatDeQuestion; v: Vague }) {
  const s = v.definition.strates;
  if (!s || s.question === q.question.code || q.lignes.length === 0) return null;
  if (!q.parStrate)
    return (
      <p className="govuk-hint">
        Rien selon « {s.question} » : une part au moins a moins de {v.definition.seuil_strate} réponses.
        {q.strateMince && ' Rien n’est donc redressé ici : avec les totaux, cela la donnerait à lire.'}
      </p>
    );
  const p = q.parStrate;
  return (
    <Table<ParStrate['lignes'][number]>
      legende={`Selon « ${s.question} »`}
      forme="defile"
      cle={(l) => l.code}
      lignes={p.lignes}
      colonnes={[
        { cle: 'reponse', titre: 'Réponse', entete: true, cellule: (l) => l.libelle.fr },
        ...p.strates.map((x, i) => ({
          cle: x.code,
          titre: `${x.libelle.fr} (${pluriel(x.n, 'réponse')})`,
          numerique: true,
          cellule: (l: ParStrate['lignes'][number]) => pourcent(l.parts[i] ?? 0, 0),
        })),
      ]}
    />
  );
}

/** Why nothing is shown of what was. */
export function RetireePage({ vague: v, figures, dit }: { vague: Vague; figures: readonly Figure[]; dit: string }) {
  return (
    <>
      <PageHeader titre={v.definition.titre.fr} surtitre={`Enquête, ${formatPeriode(v.periode)}`} />
      <p className="govuk-body">{dit}</p>
      <ul className="govuk-list">
        {figures.map((f) => (
          <li key={f.mesure}>
            <a className="govuk-link" href={`/chiffres/${f.mesure}?periode=${v.periode}`}>
              Le chiffre {f.mesure}
            </a>
          </li>
        ))}
      </ul>
    </>
  );
}
