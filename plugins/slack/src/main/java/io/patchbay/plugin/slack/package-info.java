/** The Claude app of a Slack workspace, talked to by messages in a channel. */
@NullMarked
package io.patchbay.plugin.slack;

import org.jspecify.annotations.NullMarked;
