/** Cohere's chat, embeddings and reranking. */
@NullMarked
package io.patchbay.plugin.cohere;

import org.jspecify.annotations.NullMarked;
