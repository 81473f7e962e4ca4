import { getRouteApi } from "@tanstack/react-router";
import { MyRequests } from "@/features/requests/mine";
import { WalletPage } from "@/features/wallet";

const route = getRouteApi("/signed-in/chat/wallet");

/** The wallet, and below it where the credits went. */
export function WalletRoute() {
  const search = route.useSearch();
  const navigate = route.useNavigate();
  return (
    <WalletPage>
      <MyRequests search={search} onSearch={(next) => void navigate({ search: next, replace: true, resetScroll: false })} />
    </WalletPage>
  );
}
