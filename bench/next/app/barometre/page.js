import { render } from '../twin.js';

export const dynamic = 'force-dynamic';
export default () => render('barometre');
