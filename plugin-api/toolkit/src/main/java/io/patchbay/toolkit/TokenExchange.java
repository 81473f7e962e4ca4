package io.patchbay.toolkit;

import io.patchbay.spi.Fault;
import io.patchbay.spi.FaultKind;
import io.patchbay.spi.Flow;
import io.patchbay.spi.Minted;
import io.patchbay.spi.Next;
import io.patchbay.spi.Secret;
import io.patchbay.spi.Turn;
import io.patchbay.spi.http.Answer;
import io.patchbay.spi.http.HttpRequest;
import io.patchbay.spi.json.JsonValue;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * Changes a credential into a token by one request, as OAuth has it: the answer holds the token, and in
 * {@code expires_in} how many seconds it is good for.
 *
 * @param name the name under which the host lends the token
 * @param member of the answer that holds it
 * @param usual how long a token is good when the answer does not say
 * @param early so long before its end it is renewed, so that no answer outlives it; one that lives hardly longer is
 *     renewed at half its life
 */
public record TokenExchange(String name, String member, Duration usual, Duration early) {
    private static final long LEAST_SECONDS = 60;
    private static final long MOST_SECONDS = 31_536_000;
    private static final Set<String> WRONG_KEY = Set.of("invalid_client", "unauthorized_client");

    /** Returns the flow that asks for a token. */
    public Flow<Minted> by(HttpRequest.Builder request) {
        return by(request, TokenExchange::fault);
    }

    /** Returns the flow that asks for a token, with another reading of refusals. */
    public Flow<Minted> by(HttpRequest.Builder request, Function<Answer, Fault> faults) {
        return turn -> Flows.send(request, built -> Next.ask(built, answer -> read(turn, answer, faults)));
    }

    private Next read(Turn<Minted> turn, Answer answer, Function<Answer, Fault> faults) {
        JsonValue body = answer.ok() ? answer.json() : null;
        String token = body == null ? "" : body.string(member, "");
        if (body == null || token.isEmpty()) {
            return Next.fail(faults.apply(answer));
        }
        Duration life = Duration.ofSeconds(
                Math.clamp(body.longValue("expires_in", usual.toSeconds()), LEAST_SECONDS, MOST_SECONDS));
        Instant now = turn.now();
        Duration good = life.compareTo(early.multipliedBy(2)) > 0 ? life.minus(early) : life.dividedBy(2);
        turn.emit(Minted.of(Map.of(name, Secret.of(token)), now.plus(life), now.plus(good)));
        return Next.done();
    }

    /** Returns what a refusal means: a client that is unknown is a wrong key. */
    public static Fault fault(Answer answer) {
        JsonValue body = answer.json();
        String error = body == null ? "" : body.string("error", "");
        return WRONG_KEY.contains(error)
                ? answer.fault().toBuilder()
                        .kind(FaultKind.KEY_DEAD)
                        .vendorCode(error)
                        .build()
                : answer.fault();
    }
}
