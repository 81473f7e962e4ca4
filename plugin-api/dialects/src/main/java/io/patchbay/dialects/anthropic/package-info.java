/** The upstream's half of Anthropic's Messages dialect, as Anthropic itself, Vertex and Bedrock serve it. */
@NullMarked
@org.osgi.annotation.versioning.Version("0.1.0")
package io.patchbay.dialects.anthropic;

import org.jspecify.annotations.NullMarked;
