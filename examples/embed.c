/* embed.c - the library in another program: one engine, one coder a thread, texts from memory.
 *
 * build: cc -o embed examples/embed.c -Iinclude build/libnestor.a $(pkg-config --libs jansson nettle
 * libutf8proc libxxhash sqlite3 zlib libzstd) -lpthread -lm
 */
#include <nestor.h>
#include <pthread.h>
#include <stdio.h>
#include <string.h>

#define THREADS 8

static const char *const texts[THREADS] = {
    "Ruritania's foreign minister said on Tuesday that Graustark had expelled two envoys.",
    "Germany and France signed an agreement on Monday.",
    "Police arrested three protesters in Paris.",
    "The United Nations condemned the attack on Syria.",
    "Russia rejected the demand by the United States to withdraw its troops.",
    "China will host the president of Brazil next week.",
    "Japan imposed sanctions on North Korea, officials said.",
    "If Turkey attacks, Greece will respond, the minister said.",
};

typedef struct job {
    const nst_engine *engine;
    const char *text;
    char out[65536];
} job;

/* Codes the job's text twice; the second result must be the first. */
static void *work(void *arg) {
    job *j = arg;
    nst_coder *c = nst_coder_new(j->engine);
    nst_report r = {.id = "memory", .text = j->text, .text_len = strlen(j->text), .date = "1894-05-15"};
    for (int round = 0; c && round < 2; round++) {
        nst_err e = {0};
        size_t n = 0;
        const char *p = nst_coder_run(c, &r, &e) == NST_OK ? nst_coder_jsonl(c, NULL, &n) : e.message;
        if (round && strncmp(j->out, p, sizeof j->out - 1)) snprintf(j->out, sizeof j->out, "differs\n");
        else snprintf(j->out, sizeof j->out, "%s", p);
    }
    nst_coder_free(c);
    return NULL;
}

int main(void) {
    static job jobs[THREADS];
    pthread_t threads[THREADS];
    nst_engine *engine;
    nst_err e = {0};
    if (nst_engine_open(NULL, &engine, &e)) {
        fprintf(stderr, "%s\n", e.message);
        return 1;
    }
    for (int i = 0; i < THREADS; i++) {
        jobs[i].engine = engine;
        jobs[i].text = texts[i];
        pthread_create(&threads[i], NULL, work, &jobs[i]);
    }
    for (int i = 0; i < THREADS; i++) pthread_join(threads[i], NULL);
    for (int i = 0; i < THREADS; i++) fputs(jobs[i].out, stdout);
    nst_engine_close(engine);
    return 0;
}
