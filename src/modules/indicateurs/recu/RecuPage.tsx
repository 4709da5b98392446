import { Chiffre } from '../../../ui/Chiffre.tsx';
import { InsetText } from '../../../ui/InsetText.tsx';
import { PageHeader, Section } from '../../../ui/PageHeader.tsx';
import { SummaryList } from '../../../ui/SummaryList.tsx';
import { WarningText } from '../../../ui/WarningText.tsx';
import { formatPeriode, jourEtHeure } from '../../../ui/typographie.ts';
import type { Catalogue, Mesure } from '../../contrats/index.ts';
import { memeChiffre, type Recu } from './recu.rules.ts';

export interface RecuPageProps {
  recu: Recu;
  empreinte: string;
  mesure: Mesure;
  catalogue: Catalogue;
  /** What the figure says now. */
  maintenant: Recu['chiffre'];
}

export function RecuPage({ recu, empreinte, mesure, catalogue: c, maintenant }: RecuPageProps) {
  const publie = new Date(recu.le);
  const lieu = c.territoires.get(recu.territoire)?.nom ?? recu.territoire;
  const preuve = `/chiffres/${mesure.id}?periode=${recu.periode}&territoire=${encodeURIComponent(recu.territoire)}`;
  return (
    <>
      <PageHeader titre={mesure.court} surtitre={`Chiffre ${mesure.id} · tel que publié le ${jourEtHeure(publie)}`} />
      <div className="c-preuve">
        <p className="govuk-body c-preuve__ou">
          {lieu} · {formatPeriode(recu.periode)}
        </p>
        <p className="c-preuve__chiffre">
          <Chiffre {...recu.chiffre} nommer={c.nomActeur} taille="grand" />
        </p>
        {recu.chiffre.texte && <p className="govuk-body">{recu.chiffre.texte}</p>}
      </div>
      {memeChiffre(recu.chiffre, maintenant) ? (
        <InsetText>
          Le chiffre n’a pas changé depuis. <a href={preuve}>Voir sa preuve</a>.
        </InsetText>
      ) : (
        <WarningText>
          Le chiffre a changé depuis : il est maintenant <Chiffre {...maintenant} nommer={c.nomActeur} href={preuve} />.
        </WarningText>
      )}
      <Section titre="Ce que ce reçu garantit" id="garantie">
        <SummaryList
          lignes={[
            { cle: 'Publié le', valeur: jourEtHeure(publie) },
            { cle: 'Dans le contrat', valeur: mesure.libelle },
            ...(recu.definition === null ? [] : [{ cle: 'Compté selon', valeur: `la définition version ${recu.definition}` }]),
            { cle: 'Empreinte', valeur: <code>{empreinte}</code> },
          ]}
        />
        <p className="govuk-body">
          L’adresse de cette page contient le chiffre, et la plateforme l’a signée : un seul caractère changé, et la page n’existe pas. Deux reçus qui portent
          la même empreinte disent exactement la même chose.
        </p>
      </Section>
    </>
  );
}
