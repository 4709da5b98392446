import { appendFile, cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { ouvrirApp } from '../../../tests/support/app.ts';
import { VALBOURG } from '../../../tests/support/template.ts';
import { chargerPlateforme } from '../../preparation.ts';

test('le contrat chargé de nouveau pendant que l’application tourne change les listes des comptes et les titres', async () => {
  const app = await ouvrirApp({ contrat: 'valbourg' });
  const dossier = await mkdtemp(join(tmpdir(), 'concorde-contrat-'));
  try {
    const qui = { comme: 'coordination', organisation: 'MAIRIE' } as const;
    const avant = (await app.get('/comptes/inviter', qui)).body;
    expect(avant).toContain('Valbourg');
    expect(avant).not.toContain('La Régie');
    const copie = join(dossier, 'valbourg-2025-2028');
    await cp(VALBOURG, copie, { recursive: true });
    for (const fichier of ['acteurs.yaml', 'territoires.yaml', 'contrat.yaml']) {
      const chemin = join(copie, fichier);
      await writeFile(chemin, (await readFile(chemin, 'utf8')).replaceAll('Valbourg', 'Neuville'));
    }
    await appendFile(join(copie, 'acteurs.yaml'), '- { id: REGIE, nom: La Régie, type: service, parent: MAIRIE }\n');
    await chargerPlateforme(app.base.owner, copie);
    // The form offers the new actor, under the new names; so do the frame of the page and the account's own page.
    const apres = (await app.get('/comptes/inviter', qui)).body;
    expect(apres).toMatch(/<option[^>]*value="REGIE"[^>]*>La Régie/);
    expect(apres).toContain('Contrat local de sécurité de Neuville 2025-2028');
    expect(apres).not.toContain('Valbourg');
    expect((await app.get('/mon-compte', qui)).body).toContain('Ville de Neuville');
    expect((await app.get('/comptes', qui)).body).not.toContain('Valbourg');
  } finally {
    await app.close();
    await rm(dossier, { recursive: true, force: true });
  }
});
