/** Qwen through Alibaba's DashScope: chats in its native API, and pictures and films as tasks. */
@NullMarked
package io.patchbay.plugin.dashscope;

import org.jspecify.annotations.NullMarked;
