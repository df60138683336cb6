/* SPDX-License-Identifier: Apache-2.0 */
/*
 * How Java calls the shim: by JNI, which binds a function at its first call and
 * needs no library to be set up before. A pointer is a jlong. What an array
 * holds is copied; the copy is given back to Java or dropped.
 */
#ifndef BPFBAY_SHIM_JAVA_H
#define BPFBAY_SHIM_JAVA_H

#include <jni.h>

#define JAVA_CLASS(type, class, name, ...) \
	JNIEXPORT type JNICALL Java_bpfbay_##class##_##name(JNIEnv *env, jclass self, ##__VA_ARGS__); \
	JNIEXPORT type JNICALL Java_bpfbay_##class##_##name(JNIEnv *env __attribute__((unused)), \
							    jclass self __attribute__((unused)), ##__VA_ARGS__)

/* A native method of a class of bpfbay.kernel.libbpf; JNI writes _1 for each _ of its name. */
#define JAVA(type, class, name, ...) JAVA_CLASS(type, kernel_libbpf_##class, name, ##__VA_ARGS__)

#define JAVA_SIZEOF(class, name, what) \
	JAVA(jint, class, name)        \
	{                              \
		return sizeof(what);   \
	}

static inline char *shim_bytes(JNIEnv *env, jbyteArray array)
{
	return array ? (char *)(*env)->GetByteArrayElements(env, array, NULL) : NULL;
}

static inline void shim_give_bytes(JNIEnv *env, jbyteArray array, char *bytes)
{
	if (bytes)
		(*env)->ReleaseByteArrayElements(env, array, (jbyte *)bytes, 0);
}

static inline void shim_drop_bytes(JNIEnv *env, jbyteArray array, char *bytes)
{
	if (bytes)
		(*env)->ReleaseByteArrayElements(env, array, (jbyte *)bytes, JNI_ABORT);
}

static inline jint *shim_ints(JNIEnv *env, jintArray array)
{
	return array ? (*env)->GetIntArrayElements(env, array, NULL) : NULL;
}

static inline void shim_give_ints(JNIEnv *env, jintArray array, jint *ints)
{
	if (ints)
		(*env)->ReleaseIntArrayElements(env, array, ints, 0);
}

static inline void shim_drop_ints(JNIEnv *env, jintArray array, jint *ints)
{
	if (ints)
		(*env)->ReleaseIntArrayElements(env, array, ints, JNI_ABORT);
}

#endif
