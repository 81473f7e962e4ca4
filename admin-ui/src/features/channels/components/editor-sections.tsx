import type { SectionProps } from "../hooks/use-draft";
import { countsOf, hasField } from "../model/sections";
import { ProxyFields } from "./proxy-fields";
import { RequestFields } from "./request-fields";
import { RoutingFields } from "./routing-fields";
import { Section } from "./section";
import { TimeoutFields } from "./timeout-fields";

interface EditorSectionsProps extends SectionProps {
  /** What the type never passes on. */
  unmapped: readonly string[];
  /** The fields that have to be looked at: their sections open. */
  wrong: readonly string[];
}

/** What most channels never need, folded by what it is about. */
export function EditorSections({ unmapped, wrong, ...fields }: EditorSectionsProps) {
  const counts = countsOf(fields.draft.channel, fields.draft.settings);
  return (
    <div className="flex flex-col gap-2.5">
      <Section name="routing" count={counts.routing} wanted={hasField("routing", wrong)}>
        <RoutingFields {...fields} />
      </Section>
      <Section name="timeouts" count={counts.timeouts} wanted={hasField("timeouts", wrong)}>
        <TimeoutFields {...fields} />
      </Section>
      <Section name="requests" count={counts.requests} wanted={hasField("requests", wrong)}>
        <RequestFields {...fields} unmapped={unmapped} />
      </Section>
      <Section name="proxy" count={counts.proxy} wanted={hasField("proxy", wrong)}>
        <ProxyFields {...fields} />
      </Section>
    </div>
  );
}
