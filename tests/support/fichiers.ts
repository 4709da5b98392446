/** Real files for tests. */
import { Document, Packer, Paragraph } from 'docx';

export const ecrireDocx = (texte = 'Essai'): Promise<Buffer> => Packer.toBuffer(new Document({ sections: [{ children: [new Paragraph(texte)] }] }));
