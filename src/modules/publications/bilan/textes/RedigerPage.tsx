import { Button, ButtonGroup, LinkButton } from '../../../../ui/Button.tsx';
import { ErrorSummary } from '../../../../ui/ErrorSummary.tsx';
import { Form, type FormProps } from '../../../../ui/Form.tsx';
import { PageHeader } from '../../../../ui/PageHeader.tsx';
import { Textarea } from '../../../../ui/Textarea.tsx';
import { type ErreurDeChamp, erreurDe } from '../../../../ui/types.ts';
import { jourEtHeure } from '../../../../ui/typographie.ts';
import type { BilanContenu, FicheBilan, MesureBilan } from '../bilan.modele.ts';
import { chapoDe, phraseDecisions, phraseSeances, trierMesures } from '../bilan.phrases.ts';
import { direChiffre } from '../bilan.rules.ts';
import { champDe, ESSENTIEL, MAX_COMMENTAIRE, MAX_ESSENTIEL } from './textes.formulaire.ts';
import type { Texte } from './textes.queries.ts';

export interface RedigerPageProps {
  contenu: BilanContenu;
  /** Those whose text this person may write; '' is the essential. */
  fiches: readonly string[];
  textes: readonly Texte[];
  champs: Readonly<Record<string, string>>;
  masques: FormProps['masques'];
  erreurs: readonly ErreurDeChamp[];
}

export function RedigerPage({ contenu: c, fiches, textes, champs, masques, erreurs }: RedigerPageProps) {
  const lieu = `/bilan/${c.annee}/${c.territoire.id}`;
  const histoire = (fiche: string) => {
    const t = textes.find((x) => x.fiche === fiche);
    return t ? (
      <p className="govuk-body-s">
        <a className="govuk-link" href={`${lieu}/textes/${fiche || ESSENTIEL}`}>
          Version {t.version}
        </a>
        , {t.auteur}, le {jourEtHeure(t.le)}
      </p>
    ) : null;
  };
  return (
    <>
      <ErrorSummary erreurs={erreurs} />
      <PageHeader
        titre="Rédiger le bilan"
        surtitre={`${c.annee} · ${c.territoire.nom}`}
        chapo="Vos mots, à côté des chiffres. Tout est enregistré ensemble ; chaque version est gardée, avec son auteur et sa date. Ces textes sont lus de tous : aucun nom de personne."
      />
      <Form action={`${lieu}/rediger`} masques={masques}>
        {fiches.includes('') && (
          <div className="c-rediger">
            <div>
              <Textarea
                nom={ESSENTIEL}
                libelle="L’essentiel"
                aide="Une demi-page : ce qui a changé, ce qui tient, ce qui est demandé."
                lignes={12}
                max={MAX_ESSENTIEL}
                valeur={champs[ESSENTIEL] ?? ''}
                erreur={erreurDe(erreurs, ESSENTIEL)}
              />
              {histoire('')}
            </div>
            <div className="c-rediger__chiffres">
              <p className="govuk-body-s">{c.synthese.phrase}</p>
              <p className="govuk-body-s">{phraseSeances(c)}</p>
              <p className="govuk-body-s">{phraseDecisions(c)}</p>
              <Reperes mesures={c.reperes} annee={c.annee} />
            </div>
          </div>
        )}
        {c.fiches
          .filter((f) => fiches.includes(f.numero))
          .map((f) => (
            <div key={f.numero} className="c-rediger" id={`fiche-${f.numero}`}>
              <div>
                <Textarea
                  nom={champDe(f.numero)}
                  libelle={`${f.numero} · ${f.titre}`}
                  lignes={5}
                  max={MAX_COMMENTAIRE}
                  facultatif
                  valeur={champs[champDe(f.numero)] ?? ''}
                  erreur={erreurDe(erreurs, champDe(f.numero))}
                />
                {histoire(f.numero)}
              </div>
              <Cote f={f} c={c} />
            </div>
          ))}
        <ButtonGroup>
          <Button>Enregistrer les textes</Button>
          <LinkButton variante="discret" href={lieu}>
            Voir le bilan
          </LinkButton>
        </ButtonGroup>
      </Form>
    </>
  );
}

/** What the fiche's comment speaks of. */
function Cote({ f, c }: { f: FicheBilan; c: BilanContenu }) {
  const { montrees } = trierMesures(f);
  return (
    <div className="c-rediger__chiffres">
      <p className="govuk-body-s">{chapoDe(f)}</p>
      <Reperes mesures={montrees.slice(0, 6)} annee={c.annee} />
      <p className="govuk-body-s">
        <a className="govuk-link" href={`/bilan/${c.annee}/${c.territoire.id}/fiches/${f.numero}`}>
          Ce chapitre du bilan
        </a>
      </p>
    </div>
  );
}

const Reperes = ({ mesures, annee }: { mesures: readonly MesureBilan[]; annee: number }) => (
  <ul className="govuk-list govuk-body-s">
    {mesures.map((m) => (
      <li key={m.id}>
        {m.libelle} : <strong>{direChiffre(m.annee, m.unite)}</strong>
        {m.avant && m.avant.valeur !== null && ` (${annee - 1} : ${m.avant.court})`}
      </li>
    ))}
  </ul>
);
