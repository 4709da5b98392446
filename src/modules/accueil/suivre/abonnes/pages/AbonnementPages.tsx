import { Button } from '../../../../../ui/Button.tsx';
import { Form } from '../../../../../ui/Form.tsx';
import { NotificationBanner } from '../../../../../ui/NotificationBanner.tsx';
import { PageHeader, Section } from '../../../../../ui/PageHeader.tsx';
import { capitale } from '../../../../../ui/typographie.ts';
import { JOURS_POUR_CONFIRMER, nomDuJour, type Sujet, vouluDe } from '../abonnes.rules.ts';

/** What the link of a letter of confirmation opens: programs that look at links before people do confirm nothing. */
export const ConfirmerPage = ({ nom, jour, action }: { nom: string; jour: number; action: string }) => (
  <>
    <PageHeader
      titre="Confirmer l’abonnement"
      surtitre={capitale(nom)}
      chapo={`Une lettre le ${nomDuJour(jour)}, les semaines où il y a du nouveau. Chaque lettre porte le lien qui l’arrête.`}
    />
    <Form action={action}>
      <Button>Confirmer</Button>
    </Form>
  </>
);

export const LienFiniPage = () => (
  <PageHeader
    titre="Ce lien ne sert plus"
    chapo={`Il a déjà servi, ou il a plus de ${JOURS_POUR_CONFIRMER} jours. Pour vous abonner, recommencez depuis la page de ce que vous voulez suivre.`}
    actions={
      <a className="govuk-link" href="/suivre">
        S’abonner à tout le contrat
      </a>
    }
  />
);

/** What this address follows; the address itself is not shown. */
export function AbonnementPage(p: {
  suivis: readonly (Sujet & { nom: string; page: string })[];
  jour: number;
  prochaine: string;
  action: string;
  fait: string;
}) {
  const plusieurs = p.suivis.length > 1;
  return (
    <>
      {p.fait === 'confirme' && (
        <NotificationBanner ton="succes">{`C’est confirmé. La première lettre part ${p.prochaine}, s’il y a du nouveau d’ici là.`}</NotificationBanner>
      )}
      {p.fait === 'arrete' && <NotificationBanner ton="succes">C’est arrêté. Le reste continue.</NotificationBanner>}
      <PageHeader
        titre="Votre abonnement"
        chapo={`Une lettre le ${nomDuJour(p.jour)}, les semaines où il y a du nouveau, à l’adresse qui a reçu ce lien. Pour changer de jour, abonnez-vous de nouveau : le dernier jour choisi vaut pour tout.`}
      />
      <Section titre="Ce que vous suivez">
        <ul className="govuk-list govuk-list--spaced">
          {p.suivis.map((s) => (
            <li key={`${s.genre} ${s.objet}`}>
              <a className="govuk-link" href={s.page}>
                {capitale(s.nom)}
              </a>
              {plusieurs && (
                <Form action={`${p.action}/retirer`} masques={{ ...vouluDe(s) }}>
                  <Button variante="secondaire" petit>
                    Arrêter<span className="govuk-visually-hidden"> : {s.nom}</span>
                  </Button>
                </Form>
              )}
            </li>
          ))}
        </ul>
      </Section>
      <Form action={p.action}>
        <Button variante="secondaire">{plusieurs ? 'Tout arrêter' : 'Se désabonner'}</Button>
      </Form>
      <p className="govuk-body-s">Votre adresse est alors effacée aussitôt.</p>
    </>
  );
}
export const DesabonnePage = () => (
  <PageHeader
    titre="Vous n’êtes plus abonné"
    chapo="Aucune lettre ne partira plus par cet abonnement, et l’adresse en est effacée. Vous pouvez fermer cette page."
  />
);
