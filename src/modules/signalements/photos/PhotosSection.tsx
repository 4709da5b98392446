import { Button, ButtonGroup } from '../../../ui/Button.tsx';
import { FileUpload } from '../../../ui/FileUpload.tsx';
import { Form } from '../../../ui/Form.tsx';
import { Section } from '../../../ui/PageHeader.tsx';
import { type ErreurDeChamp, erreurDe } from '../../../ui/types.ts';
import type { PhotoDeDemande } from './photos.queries.ts';
import { PHOTOS_MAX } from './recevoir.ts';

const ETATS: Readonly<Record<PhotoDeDemande['etat'], string>> = {
  retenue: 'retenue : personne d’autre que le service ne la voit tant qu’il ne l’a pas regardée',
  publiee: 'publiée : qui a son adresse la voit sans compte, tant que la demande est ouverte',
  ecartee: 'écartée et effacée',
  effacee: 'effacée avec les mots de la demande',
};
const aUneImage = (p: PhotoDeDemande): boolean => p.etat === 'retenue' || p.etat === 'publiee';
const Image = ({ p, src, rang }: { p: PhotoDeDemande; src: string; rang: number }) => (
  <img src={src} alt={`Lieu signalé, vue ${rang}`} width={Math.min(p.largeur, 480)} loading="lazy" style={{ maxWidth: '100%', height: 'auto' }} />
);

/** For the services: seen, then shown or set aside. */
export function PhotosDuService({
  demandeId,
  photos,
  traite,
  publiable,
}: {
  demandeId: string;
  photos: readonly PhotoDeDemande[];
  traite: boolean;
  /** Open, and not reserved to some services. */
  publiable: boolean;
}) {
  if (photos.length === 0) return null;
  return (
    <Section titre="Photos">
      {traite && publiable && photos.some((p) => p.etat === 'retenue') && (
        <p className="govuk-body">
          Avant de publier une photo, vérifiez qu’on n’y reconnaît ni visage, ni plaque, ni intérieur de logement. Sinon, écartez-la.
        </p>
      )}
      {photos.map((p, i) => (
        <div key={p.id}>
          <p className="govuk-body">
            Photo {i + 1} : {ETATS[p.etat]}
            {p.decideePar && `, par ${p.decideePar}`}.
          </p>
          {aUneImage(p) && (traite || p.etat === 'publiee') && <Image p={p} rang={i + 1} src={`/signalements/demandes/${demandeId}/photos/${p.id}`} />}
          {traite && aUneImage(p) && (
            <ButtonGroup>
              {p.etat === 'retenue' && publiable && (
                <Form action={`/signalements/demandes/${demandeId}/photos/${p.id}`} masques={{ acte: 'publier' }}>
                  <Button petit>
                    Publier<span className="govuk-visually-hidden"> la photo {i + 1}</span>
                  </Button>
                </Form>
              )}
              <Form action={`/signalements/demandes/${demandeId}/photos/${p.id}`} masques={{ acte: 'ecarter' }}>
                <Button petit variante="secondaire">
                  Écarter et effacer<span className="govuk-visually-hidden"> la photo {i + 1}</span>
                </Button>
              </Form>
            </ButtonGroup>
          )}
        </div>
      ))}
    </Section>
  );
}

const AIDE = `JPEG, PNG ou WebP, 15 Mo au plus chacune, ${PHOTOS_MAX} au plus. Le lieu et l’appareil inscrits dans le fichier sont effacés. Un service la regarde avant que quiconque la voie : évitez les visages et les plaques.`;
export const ChampPhoto = ({ erreurs }: { erreurs: readonly ErreurDeChamp[] }) => (
  <FileUpload nom="photo" libelle="Photos" aide={AIDE} accepte="image/jpeg,image/png,image/webp" erreur={erreurDe(erreurs, 'photo')} multiple facultatif />
);

/** For who follows it: what became of theirs, and one more. */
export function PhotosDuSuivi({
  ouverte,
  ...p
}: {
  ouverte: boolean;
  code: string;
  photos: readonly PhotoDeDemande[];
  ajouter: boolean;
  erreurs: readonly ErreurDeChamp[];
}) {
  if (p.photos.length === 0 && !p.ajouter) return null;
  return (
    <Section titre="Photos">
      {p.photos.map((x, i) => (
        <div key={x.id}>
          <p className="govuk-body">
            Photo {i + 1} : {ETATS[x.etat]}.
          </p>
          {x.etat === 'publiee' && ouverte && <Image p={x} rang={i + 1} src={`/signalements/photos/${x.id}`} />}
        </div>
      ))}
      {p.ajouter && (
        <Form action={`/suivi/${p.code}/photos`} fichiers>
          <ChampPhoto erreurs={p.erreurs} />
          <Button variante="secondaire">Joindre</Button>
        </Form>
      )}
    </Section>
  );
}
