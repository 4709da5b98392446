export const dynamic = 'force-dynamic';
export default function Layout({ children }) {
  return children;
}
