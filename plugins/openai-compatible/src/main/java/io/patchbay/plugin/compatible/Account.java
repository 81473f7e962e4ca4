package io.patchbay.plugin.compatible;

import io.patchbay.spi.Balance;
import io.patchbay.spi.ChannelView;
import io.patchbay.spi.Flow;
import io.patchbay.spi.http.Answer;
import io.patchbay.spi.json.JsonArray;
import io.patchbay.spi.json.JsonValue;
import io.patchbay.toolkit.BaseAddress;
import io.patchbay.toolkit.Flows;
import io.patchbay.toolkit.data.Node;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where a vendor tells what is left on the account behind a key. The pointers lead from one balance to its amounts.
 *
 * @param path behind the base address, or behind the host when it begins with a slash
 * @param list leads to a list of balances, one a currency; {@code null} when the answer is the only one
 * @param left {@code null} when it is the total without what was used
 * @param currency leads to the currency's name; {@code null} when the answer does not tell it
 * @param currencies the currency's name by the host of the channel's endpoint; the empty host stands for any
 * @param parts amounts for parts of the account, by the part's name
 */
record Account(
        String path,
        @Nullable Pointer list,
        @Nullable Pointer left,
        @Nullable Pointer total,
        @Nullable Pointer used,
        @Nullable Pointer currency,
        Map<String, String> currencies,
        Map<String, Pointer> parts) {
    private static final String NAME = "[A-Za-z][A-Za-z0-9 _-]{0,31}";
    private static final int LONGEST_NAME = 32;

    /** Reads the account's place in a profile; {@code null} when the profile has none. */
    static @Nullable Account read(Node node) {
        if (node.isMissing()) {
            return null;
        }
        Node currency = node.get("currency");
        boolean told = !currency.isObject() && currency.text("").startsWith("/");
        Account account = new Account(
                node.get("path").text("", "/?[A-Za-z0-9._-]+(/[A-Za-z0-9._-]+)*", "a path such as user/balance"),
                pointer(node.get("list")),
                pointer(node.get("left")),
                pointer(node.get("total")),
                pointer(node.get("used")),
                told ? pointer(currency) : null,
                told ? Map.of() : currencies(currency),
                node.get("parts").members(Account::pointed));
        node.get("path").text();
        node.closed();
        if (account.left == null && (account.total == null || account.used == null)) {
            throw node.wrong("the pointer \"left\", or both \"total\" and \"used\"");
        }
        return account;
    }

    private static @Nullable Pointer pointer(Node node) {
        return node.isMissing() ? null : pointed(node);
    }

    private static Pointer pointed(Node node) {
        return Pointer.of(node.text("", Pointer.FORM, Pointer.EXPECTED));
    }

    private static Map<String, String> currencies(Node node) {
        String expected = "a currency such as CNY, a JSON pointer, or an object of currencies by host";
        if (node.isObject()) {
            return node.members(name -> name.text("", NAME, expected));
        }
        return node.isMissing() ? Map.of() : Map.of("", node.text("", NAME, expected));
    }

    /** Returns the flow that asks for the balance. */
    Flow<Balance> balance(Access access, ChannelView channel) {
        String paid = currency(BaseAddress.host(channel.endpoint()));
        return Flows.pages(access.get(channel, path), answer -> balances(answer, paid));
    }

    private String currency(String host) {
        for (Map.Entry<String, String> known : currencies.entrySet()) {
            String name = known.getKey();
            if (name.isEmpty() || host.equals(name) || host.endsWith("." + name)) {
                return known.getValue();
            }
        }
        return "";
    }

    private Flows.@Nullable Page<Balance> balances(Answer answer, String paid) {
        JsonValue body = answer.json();
        JsonValue place = list == null ? body : list.in(body);
        if (place == null || (list != null && !(place instanceof JsonArray))) {
            return null;
        }
        List<Balance> all = new ArrayList<>();
        for (JsonValue one : list == null ? List.of(place) : place.elements()) {
            Balance whole = whole(one, paid);
            if (whole == null) {
                return null;
            }
            all.add(whole);
            parts.forEach((name, pointer) -> {
                BigDecimal amount = amount(one, pointer);
                if (amount != null) {
                    all.add(new Balance(amount, null, null, whole.currency(), name));
                }
            });
        }
        return all.isEmpty() ? null : Flows.Page.last(all);
    }

    private @Nullable Balance whole(JsonValue one, String paid) {
        BigDecimal put = amount(one, total);
        BigDecimal spent = amount(one, used);
        BigDecimal rest = left == null ? difference(put, spent) : amount(one, left);
        JsonValue named = currency == null ? null : currency.in(one);
        String told = named == null ? null : named.string();
        return rest == null ? null : new Balance(rest, put, spent, told == null ? paid : cut(told), "");
    }

    private static @Nullable BigDecimal difference(@Nullable BigDecimal put, @Nullable BigDecimal spent) {
        return put == null || spent == null ? null : fitting(put.subtract(spent));
    }

    /** Vendors write amounts as numbers and as texts. */
    private static @Nullable BigDecimal amount(JsonValue one, @Nullable Pointer pointer) {
        JsonValue value = pointer == null ? null : pointer.in(one);
        if (value == null) {
            return null;
        }
        String text = value.string();
        if (text == null) {
            BigDecimal number = value.number();
            return number == null ? null : fitting(number);
        }
        // Only as many characters as an amount can have, so that nothing long is ever computed.
        boolean number =
                text.length() <= 2 * Balance.MOST_DIGITS && text.strip().matches("[+-]?[0-9]+(\\.[0-9]+)?");
        return number ? fitting(new BigDecimal(text.strip())) : null;
    }

    private static @Nullable BigDecimal fitting(BigDecimal number) {
        return Balance.isAmount(number) ? number : null;
    }

    private static String cut(String name) {
        return name.length() <= LONGEST_NAME ? name : name.substring(0, LONGEST_NAME);
    }
}
