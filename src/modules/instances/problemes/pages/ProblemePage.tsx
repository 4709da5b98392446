import { type Enregistre, masquesDeVersion } from '../../../../core/http/versions.ts';
import { Button, LinkButton } from '../../../../ui/Button.tsx';
import { Checkboxes, Radios } from '../../../../ui/Choices.tsx';
import { ErrorSummary } from '../../../../ui/ErrorSummary.tsx';
import { Form } from '../../../../ui/Form.tsx';
import { PageHeader, Section } from '../../../../ui/PageHeader.tsx';
import { SummaryList } from '../../../../ui/SummaryList.tsx';
import { Tag } from '../../../../ui/Tag.tsx';
import { Textarea } from '../../../../ui/Textarea.tsx';
import { TextInput } from '../../../../ui/TextInput.tsx';
import { jour, jourDuMoment } from '../../../../ui/typographie.ts';
import { type ErreurDeChamp, erreurDe } from '../../../../ui/types.ts';
import type { Catalogue } from '../../../contrats/index.ts';
import { type Decision, ETATS_DECISION, numeroEcrit } from '../../../decisions/index.ts';
import type { Instance } from '../../instances.types.ts';
import type { ObjetLie, Recherche } from '../../liens/liens.ts';
import { Liens } from '../../liens/pages/Liens.tsx';
import type { Examen } from '../../reunions.ts';
import type { Probleme, Suivi } from '../problemes.queries.ts';
import { ETATS_PROBLEME } from '../problemes.rules.ts';

export interface ProblemePageProps {
  catalogue: Catalogue;
  instance: Instance;
  probleme: Probleme;
  ecrit: boolean;
  parle: boolean;
  phrase: Enregistre;
  /** Something of it may be told to residents. */
  publiable: boolean;
  suivis: readonly Suivi[];
  examens: readonly Examen[];
  decisions: readonly Decision[];
  lies: readonly ObjetLie[];
  recherche: Recherche | null;
  champs: Readonly<Record<string, string>>;
  erreurs: readonly ErreurDeChamp[];
}
const dit = (t: string) => <span className="c-paragraphes">{t}</span>;

export function ProblemePage(p: ProblemePageProps) {
  const { probleme: x, catalogue, instance: i } = p;
  const nomDuLieu = (id: string): string => catalogue.territoires.get(id)?.court ?? id;
  return (
    <>
      <ErrorSummary erreurs={p.erreurs} />
      <PageHeader
        titre={x.titre}
        surtitre={[catalogue.territoires.get(x.territoireId)?.nom, x.lieu].filter(Boolean).join(', ')}
        etiquette={<Tag>{ETATS_PROBLEME[x.etat]}</Tag>}
        actions={p.ecrit ? <LinkButton href={`/problemes/${x.id}/modifier`}>Modifier</LinkButton> : undefined}
      />
      <SummaryList
        lignes={[
          {
            cle: 'Suivi par',
            valeur: (
              <a className="govuk-link" href={`/instances/${i.id}`}>
                {i.nom}
              </a>
            ),
          },
          { cle: 'Constat', valeur: dit(x.constat) },
          { cle: 'Réponse', valeur: x.reponse ? dit(x.reponse) : 'à choisir' },
          {
            cle: 'En charge',
            valeur: [x.organisationId ? catalogue.nomActeurA(x.organisationId, x.territoireId) : '', x.qui].filter(Boolean).join(', ') || 'à désigner',
          },
          { cle: 'Pour le', valeur: x.echeance ? jour(x.echeance) : 'sans date' },
          ...(x.critere ? [{ cle: 'Réglé quand', valeur: dit(x.critere) }] : []),
          ...(x.closLe ? [{ cle: x.etat === 'resolu' ? `Résultat, le ${jour(x.closLe)}` : `Abandonné le ${jour(x.closLe)}`, valeur: dit(x.resultat) }] : []),
        ]}
      />
      <Section titre="Ce qui s’est passé" id="suivi">
        <ol className="govuk-list c-historique">
          {p.suivis.map((s) => (
            <li key={s.id}>
              <p className="govuk-body-s">
                <strong>{s.de !== '' && s.de !== s.vers ? `${ETATS_PROBLEME[s.de]} → ${ETATS_PROBLEME[s.vers]}` : ETATS_PROBLEME[s.vers]}</strong>, le{' '}
                {jourDuMoment(s.quand)} par {s.par}
              </p>
              <p className="govuk-body c-paragraphes">{s.texte}</p>
            </li>
          ))}
        </ol>
        {p.ecrit && <Suite {...p} />}
      </Section>
      {p.examens.length > 0 && (
        <Section titre="Examiné en séance" id="seances">
          <ul className="govuk-list">
            {p.examens.map((e) => (
              <li key={e.id}>
                <a className="govuk-link" href={`/seances/${e.id}`}>
                  {e.titre}
                </a>
                {e.jour && <span className="c-note"> {jour(e.jour)}</span>}
              </li>
            ))}
          </ul>
          {p.decisions.length > 0 && (
            <ul className="govuk-list govuk-list--bullet">
              {p.decisions.map((d) => (
                <li key={d.id}>
                  <a className="govuk-link" href={`/decisions/${d.id}`}>
                    {numeroEcrit(d)} {d.libelle}
                  </a>{' '}
                  <span className="c-note">{ETATS_DECISION[d.etat]}</span>
                </li>
              ))}
            </ul>
          )}
        </Section>
      )}
      <Liens base={`/problemes/${x.id}`} lies={p.lies} recherche={p.recherche} nomDuLieu={nomDuLieu} />
      {p.publiable && (p.ecrit || x.publicPhrase !== '') && <Habitants {...p} />}
    </>
  );
}

function Suite(p: ProblemePageProps) {
  const { probleme: x } = p;
  return (
    <Form action={`/problemes/${x.id}/suivi`}>
      <Textarea
        nom="texte"
        libelle="Ajouter ce qui s’est passé"
        aide="S’il est résolu, dites le résultat ; s’il est abandonné, dites pourquoi."
        lignes={3}
        max={4000}
        valeur={p.champs.texte ?? ''}
        erreur={erreurDe(p.erreurs, 'texte')}
      />
      <Radios
        nom="etat"
        legende="Le problème est"
        enLigne
        petit
        valeur={p.champs.etat ?? x.etat}
        erreur={erreurDe(p.erreurs, 'etat')}
        options={Object.entries(ETATS_PROBLEME).map(([valeur, libelle]) => ({ valeur, libelle }))}
      />
      <Button variante="secondaire">Ajouter</Button>
    </Form>
  );
}

function Habitants(p: ProblemePageProps) {
  const { probleme: x } = p;
  const attente = p.parle ? 'En attente : elle n’est pas encore publique.' : 'En attente d’un accord de la présidence ou du secrétariat.';
  return (
    <Section titre="Ce qui est dit aux habitants" id="habitants">
      <p className="govuk-body">
        {x.publicPhrase === '' ? 'Rien n’est dit pour l’instant.' : <>« {x.publicPhrase} » </>}
        {x.publicPhrase !== '' && (
          <span className="c-note">
            {x.publicValideeLe ? `Publique depuis le ${jourDuMoment(x.publicValideeLe)}, validée par ${x.publicValideePar}.` : attente}
          </span>
        )}
      </p>
      {p.ecrit && (
        <Form action={`/problemes/${x.id}/public`} masques={masquesDeVersion(p.phrase, p.champs)}>
          <TextInput
            nom="public_phrase"
            libelle="La phrase publique"
            facultatif
            aide="Sans aucun nom de personne. Elle paraît sur la page de l’arrondissement, sans celui de l’instance."
            valeur={p.champs.public_phrase ?? x.publicPhrase}
            erreur={erreurDe(p.erreurs, 'public_phrase')}
          />
          {p.parle && (
            <Checkboxes
              nom="valider"
              legende="Publication"
              petit
              valeurs={(p.champs.valider ?? (x.publicValideeLe ? 'oui' : '')) === 'oui' ? ['oui'] : []}
              options={[{ valeur: 'oui', libelle: 'La publier sur la page de l’arrondissement' }]}
            />
          )}
          <Button variante="secondaire">Enregistrer la phrase</Button>
        </Form>
      )}
    </Section>
  );
}
