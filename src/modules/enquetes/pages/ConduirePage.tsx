import type { ErreurDeChamp } from '../../../core/errors.ts';
import { enSuite } from '../../../ui/enSuite.tsx';
import { Button } from '../../../ui/Button.tsx';
import { Checkbox } from '../../../ui/Choices.tsx';
import { ErrorSummary } from '../../../ui/ErrorSummary.tsx';
import { Form } from '../../../ui/Form.tsx';
import { NotificationBanner } from '../../../ui/NotificationBanner.tsx';
import { PageHeader, Section } from '../../../ui/PageHeader.tsx';
import { Pagination } from '../../../ui/Pagination.tsx';
import { SummaryList } from '../../../ui/SummaryList.tsx';
import { Tag } from '../../../ui/Tag.tsx';
import { Textarea } from '../../../ui/Textarea.tsx';
import { formatPeriode, jour, pluriel } from '../../../ui/typographie.ts';
import type { Catalogue } from '../../contrats/index.ts';
import { questionsDe } from '../definition/definition.schema.ts';
import { direReponses } from '../resultats/dire.rules.ts';
import type { Vague } from '../vagues/vagues.queries.ts';
import { DIRE_ETAT, type EtatDeVague, type Figure, TIRAGES } from '../vagues/vagues.rules.ts';

interface Props {
  vague: Vague;
  catalogue: Catalogue;
  etat: EtatDeVague;
  adresse: string;
  figures: readonly Figure[];
  /** A page of the written words that may be read. */
  textes: { page: number; total: number; parPage: number; lignes: readonly { question: string; texte: string }[] };
  champs: Readonly<Record<string, string>>;
  erreurs: readonly ErreurDeChamp[];
  fait: { envoyees: string; deja: string };
}

export function ConduirePage(p: Props) {
  const { vague: v, catalogue, etat } = p;
  const close = etat === 'close';
  const erreur = (nom: string) => p.erreurs.find((e) => e.champ === nom)?.message;
  const lien = `${p.adresse}/enquetes/vagues/${v.id}/repondre`;
  return (
    <>
      {/^\d+$/.test(p.fait.envoyees) && (
        <NotificationBanner ton="succes">
          {`${pluriel(Number(p.fait.envoyees), 'invitation est partie', 'invitations sont parties')}.${Number(p.fait.deja) > 0 ? ` ${pluriel(Number(p.fait.deja), 'adresse était déjà invitée', 'adresses étaient déjà invitées')}.` : ''}`}
        </NotificationBanner>
      )}
      <ErrorSummary erreurs={p.erreurs} />
      <PageHeader titre={v.definition.titre.fr} surtitre="Vague d’enquête" etiquette={<Tag ton={close ? 'vert' : 'bleu'}>{DIRE_ETAT[etat]}</Tag>} />
      <SummaryList
        lignes={[
          { cle: 'Menée pour', valeur: `${catalogue.nomActeur(v.debiteur)}, ${catalogue.territoires.get(v.territoireId)?.nom ?? ''}` },
          { cle: 'Période du chiffre', valeur: formatPeriode(v.periode) },
          { cle: 'Ouverte', valeur: `du ${jour(v.debut)} au ${jour(v.fin)}` },
          { cle: 'Personnes', valeur: TIRAGES[v.tirage] },
          { cle: 'Réponses', valeur: direReponses(v) },
          ...(v.acces === 'ouvert' && !close ? [{ cle: 'Lien à donner', valeur: <a href={lien}>{lien}</a> }] : []),
        ]}
      />
      {close ? (
        <Suites {...p} />
      ) : (
        <p className="govuk-body">Les résultats se lisent quand la vague est close, pas avant : les suivre un à un ferait deviner une réponse.</p>
      )}
      {v.acces === 'invitation' && (etat === 'ouverte' || etat === 'a-venir') && (
        <Section titre="Inviter">
          <p className="govuk-body">
            Chaque adresse reçoit un lien qui vaut pour une réponse. Aucune table ne relie une adresse à son lien, ni un lien à une réponse : les pages disent
            combien de personnes ont répondu, jamais lesquelles. Les adresses sont oubliées quand la vague se clôt.
          </p>
          <Form action={`/enquetes/vagues/${v.id}/inviter`}>
            <Textarea
              nom="adresses"
              libelle="Adresses électroniques"
              aide="Une par ligne, 500 au plus."
              valeur={p.champs.adresses ?? ''}
              erreur={erreur('adresses')}
              lignes={6}
            />
            <Button>Envoyer les invitations</Button>
          </Form>
        </Section>
      )}
      {!close && etat !== 'a-venir' && (
        <Section titre="Clore la vague">
          <p className="govuk-body">
            Son résultat devient un chiffre à valider, avec le nombre de réponses et la marge d’erreur. Avec moins de {v.definition.seuil} réponses, aucun
            chiffre n’est donné et celui que l’on attend reste à fournir.
          </p>
          <Form action={`/enquetes/vagues/${v.id}/clore`}>
            <Checkbox
              nom="confirme"
              libelle={etat === 'ouverte' ? `Clore avant le ${jour(v.fin)}, sans pouvoir rouvrir` : 'Clore, sans pouvoir rouvrir'}
              erreur={erreur('confirme')}
            />
            <Button variante="danger">Clore la vague</Button>
          </Form>
        </Section>
      )}
    </>
  );
}

function Suites({ vague: v, catalogue, figures, textes }: Props) {
  return (
    <>
      <p className="govuk-body">
        <a className="govuk-link" href={`/enquetes/vagues/${v.id}`}>
          Lire les résultats
        </a>
      </p>
      {figures.length === 0 && <p className="govuk-body">Trop peu de réponses pour un chiffre : celui que l’on attend reste à fournir.</p>}
      <ul className="govuk-list">
        {figures.map((f) => (
          <li key={f.mesure}>
            <a className="govuk-link" href={`/chiffres/${f.mesure}?periode=${v.periode}`}>
              {catalogue.mesures.get(f.mesure)?.court ?? f.mesure}
            </a>{' '}
            {f.secret ? (
              <Tag ton="laiton">Sous secret</Tag>
            ) : f.validee ? (
              <Tag ton="vert">Validé</Tag>
            ) : (
              <Tag ton="laiton">{f.courante ? 'À valider' : 'Remplacé'}</Tag>
            )}
          </li>
        ))}
      </ul>
      {questionsDe(v.definition)
        .filter((q) => textes.lignes.some((t) => t.question === q.code))
        .map((q) => (
          <Section key={q.code} titre={q.libelle.fr} niveau={3}>
            <p className="govuk-hint">Dans l’ordre des mots, sans lien avec les autres réponses. N’en publiez rien qui désigne quelqu’un.</p>
            <ul className="govuk-list govuk-list--bullet">
              {enSuite(
                textes.lignes.filter((t) => t.question === q.code),
                (t) => (
                  <li>{t.texte}</li>
                ),
              )}
            </ul>
          </Section>
        ))}
      {textes.total > 0 && (
        <Pagination
          page={textes.page}
          total={textes.total}
          parPage={textes.parPage}
          href={(n) => `/enquetes/vagues/${v.id}/conduire?page=${n}`}
          objet="réponse écrite"
          objets="réponses écrites"
        />
      )}
      {textes.total === 0 && questionsDe(v.definition).some((q) => q.type === 'texte') && (
        <p className="govuk-body">Moins de {v.definition.seuil} réponses écrites à chaque question : on ne les lit pas.</p>
      )}
    </>
  );
}
