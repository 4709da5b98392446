export { routes } from './annuaire.routes.tsx';
