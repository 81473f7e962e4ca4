/**
 * What servers with OpenAI's whole surface share: chat by three routes, images, audio, embeddings, moderation, videos,
 * model list.
 */
@NullMarked
package io.patchbay.toolkit.openai;

import org.jspecify.annotations.NullMarked;
