/** What the session left unfinished, settled before its minutes are frozen: what was begun, who was there, when it took place. */
import { marqueDesHeures } from '../../heures.rules.ts';
import { masquesDeVersion } from '../../../../core/http/versions.ts';
import { Button } from '../../../../ui/Button.tsx';
import { Checkbox } from '../../../../ui/Choices.tsx';
import { DateInput } from '../../../../ui/DateInput.tsx';
import { Details } from '../../../../ui/Details.tsx';
import { Form } from '../../../../ui/Form.tsx';
import { InsetText } from '../../../../ui/InsetText.tsx';
import { Section } from '../../../../ui/PageHeader.tsx';
import { TextInput } from '../../../../ui/TextInput.tsx';
import { erreurDe } from '../../../../ui/types.ts';
import { enumerer, INSECABLE, pluriel } from '../../../../ui/typographie.ts';
import { contestationsDuSiege } from '../../releve/approbations.rules.ts';
import { direContestation, quandSestTenue, tient } from '../../releve/ecriture.rules.ts';
import { Brouillons } from '../../tenue/pages/Brouillons.tsx';
import { LignePresence } from '../../tenue/pages/Presences.tsx';
import { compterPresences } from '../../tenue/tenue.rules.ts';
import { heuresEnregistrees } from '../cloture.formulaires.ts';
import type { ClorePageProps } from './clore.modele.ts';

export function Inacheve(p: ClorePageProps) {
  if (p.brouillons.length === 0) return null;
  return (
    <Section titre="Commencé en séance, pas ajouté" id="brouillons">
      <Brouillons {...p} base={`/seances/${p.seance.id}`} />
    </Section>
  );
}

/** Named people whose presence nobody noted. */
const nonRelevees = (p: ClorePageProps) => p.participants.filter((x) => x.nom !== '' && x.presence === null && x.retireLe === null);

export function PresencesARelever(p: ClorePageProps) {
  const { blancs, vacants, present, represente } = compterPresences(p.participants);
  const t = { catalogue: p.catalogue, instance: p.instance, ecrit: true };
  const refus = p.erreurs.filter((e) => /^(?:nom|par)-/.test(e.champ));
  const saisie = refus.length > 0 ? { formulaire: 'presences' as const, champs: p.champs, erreurs: refus } : null;
  const siegent = p.participants.filter((x) => x.retireLe === null || x.presence !== null);
  const assis = [
    ...(present > 0 ? [pluriel(present, 'présent', 'présents')] : []),
    ...(represente > 0 ? [pluriel(represente, 'représenté', 'représentés')] : []),
  ];
  const contestees = p.contenu.participants.filter(tient);
  const dites = contestees.flatMap((x) => contestationsDuSiege(x).flatMap((m) => (m.classee ? [] : [direContestation(x, m)])));
  const manque = [
    ...(contestees.length > 0 ? [pluriel(contestees.length, 'contestée')] : []),
    ...(blancs > 0 ? [pluriel(blancs, 'présence à noter', 'présences à noter')] : []),
    ...(vacants > 0 ? [pluriel(vacants, 'siège vacant', 'sièges vacants')] : []),
  ];
  return (
    <div id="presences">
      <Details
        resume={manque.length > 0 ? `Présences${INSECABLE}: ${enumerer([...assis, ...manque])}` : 'Corriger les présences'}
        ouvert={blancs > 0 || contestees.length > 0 || refus.length > 0}
      >
        {contestees.length > 0 && <InsetText>{dites.join(' ')} Corrigez ici ce qui est faux ; le compte rendu dira le reste contesté.</InsetText>}
        <Form action={`/seances/${p.seance.id}/presences`} classe="c-presences">
          <ul className="c-presences__liste">
            {siegent.map((x) => (
              <li key={x.id} className="c-presences__ligne">
                <LignePresence t={t} p={x} saisie={saisie} />
              </li>
            ))}
          </ul>
          <Button variante="secondaire">Enregistrer les présences</Button>
        </Form>
      </Details>
    </div>
  );
}

export function Heures(p: ClorePageProps) {
  const noms = ['ouverte_jour', 'ouverte_heure', 'levee_jour', 'levee_heure'] as const;
  const c = { ...heuresEnregistrees(p.seance, p.reel).champs, ...(p.champs.ouverte_heure === undefined ? {} : p.champs) } as Record<string, string>;
  const e = (nom: string) => erreurDe(p.erreurs, nom);
  return (
    <div id="heures">
      <p className="govuk-body">{p.reel ? `${quandSestTenue(p.contenu.seance)}.` : 'Les heures réelles de la séance ne sont pas notées.'}</p>
      <Details resume="Corriger les heures réelles" ouvert={noms.some((nom) => e(nom) !== undefined)}>
        <Form
          action={`/seances/${p.seance.id}/heures`}
          masques={masquesDeVersion(heuresEnregistrees(p.seance, p.reel), c.version === undefined ? {} : c)}
          classe="c-heures"
        >
          <DateInput nom="ouverte_jour" libelle="Ouverte le" valeur={c.ouverte_jour} max={p.aujourdhui} erreur={e('ouverte_jour')} />
          <TextInput nom="ouverte_heure" libelle="Ouverte à" type="time" largeur={10} valeur={c.ouverte_heure} erreur={e('ouverte_heure')} />
          <DateInput nom="levee_jour" libelle="Levée le" valeur={c.levee_jour} max={p.aujourdhui} erreur={e('levee_jour')} />
          <TextInput nom="levee_heure" libelle="Levée à" type="time" largeur={10} valeur={c.levee_heure} erreur={e('levee_heure')} />
          <Button variante="secondaire">Enregistrer les heures</Button>
        </Form>
      </Details>
    </div>
  );
}

/** The form that freezes, with what it asks. */
export function Figer(p: ClorePageProps) {
  const absentes = nonRelevees(p);
  return (
    <Form action={`/seances/${p.seance.id}/figer`}>
      <p className="govuk-body">Tout est prêt. Le relevé recevra son numéro, ne changera plus et partira {p.porteeDite}.</p>
      {p.questions.length > 0 && (
        <Checkbox
          nom="confirme_heures"
          valeur={marqueDesHeures(p.reel)}
          coche={p.champs.confirme_heures === marqueDesHeures(p.reel)}
          libelle={`${p.questions.join(' ')} Les heures réelles sont exactes.`}
          erreur={erreurDe(p.erreurs, 'confirme_heures')}
        />
      )}
      {absentes.length > 0 && (
        <Checkbox
          nom="confirme_presences"
          valeur={String(absentes.length)}
          coche={p.champs.confirme_presences !== undefined}
          libelle={`Personne ne sait dire si ${enumerer(
            absentes.map((x) => x.nom),
            'ou',
          )} ${absentes.length > 1 ? 'étaient là' : 'était là'} : le relevé les dira « présence non relevée ».`}
          erreur={erreurDe(p.erreurs, 'confirme_presences')}
        />
      )}
      <Button>Arrêter le relevé</Button>
    </Form>
  );
}
